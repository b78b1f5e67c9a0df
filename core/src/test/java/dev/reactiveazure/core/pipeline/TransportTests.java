package dev.reactiveazure.core.pipeline;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.ReactorNettyConnector;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.AddressUtils;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Transport}: what goes straight to Reactor Netty is what Spring's
 * connector would send and give back.
 */
class TransportTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.DELETE, HttpMethod.PATCH);

	private static final ObservationConvention<AzureOperationContext> CONVENTION = new ObservationConvention<>() {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	};

	private final StubService service = new StubService();

	private final HttpPool pool = HttpPool.create("test", PoolOptions.defaults().withMaxConnections(1));

	private final HttpClient client = this.pool.httpClient();

	private final LeakWatch leaks = new LeakWatch();

	@BeforeEach
	void watchBuffers() {
		this.leaks.start();
	}

	@AfterEach
	void close() {
		this.pool.dispose();
		this.service.close();
		assertThat(this.leaks.stop()).isEmpty();
	}

	@Test
	void goesStraightToReactorNettyWhereTheConnectorTellsOnWhichClientItRuns() {
		AzureEndpoint endpoint = new AzureEndpoint(this.service.address());
		TargetUris uris = new TargetUris(endpoint);
		assertThat(Transport.of(this.pool.connector(), endpoint, uris)).isInstanceOf(NettyTransport.class);
		assertThat(Transport.of(new ReactorClientHttpConnector(this.client), endpoint, uris))
			.isInstanceOf(ConnectorTransport.class);
	}

	@Test
	void sendsAndReadsWhatSpringsConnectorDoes() {
		this.service.answers((request, response) -> response.status(request.uri().contains("a") ? 200 : 404)
			.header("x-ms-request-id", "id " + request.uri())
			.sendString(request.receive().aggregate().asString().defaultIfEmpty("").map((body) -> "got " + body)));
		RequestPipeline straight = pipeline(this.pool.connector());
		RequestPipeline spring = pipeline(new ReactorClientHttpConnector(this.client));
		Random random = new Random(42);
		for (int i = 0; i < 200; i++) {
			AzureRequest<String> request = request(random);
			assertThat(outcome(straight, request)).isEqualTo(outcome(spring, request));
			int last = this.service.received().size() - 1;
			assertThat(described(this.service.received().get(last)))
				.isEqualTo(described(this.service.received().get(last - 1)));
		}
		assertThat(this.service.connections()).isEqualTo(1);
	}

	@Test
	void givesACallThatHasItsOwnTimeThatTime() {
		this.service.answers(
				(request, response) -> response.sendString(Mono.just("slow").delayElement(Duration.ofMillis(300))));
		HttpClient impatient = this.client.responseTimeout(Duration.ofMillis(50));
		RequestPipeline pipeline = pipeline(new StraightConnector(impatient));
		AzureRequest<String> request = request(new Random(1));
		StepVerifier.create(pipeline.execute(request)).expectError().verify(PATIENCE);
		StepVerifier
			.create(RequestOptions.none().withResponseTimeout(Duration.ofSeconds(5)).applyTo(pipeline.execute(request)))
			.expectNext("200nullslow")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void usesTheClientThatTheConnectorHasNow() {
		this.service.answers(200, "ok");
		StraightConnector connector = new StraightConnector(
				this.client.headers((headers) -> headers.set("x-certificate", "old")));
		RequestPipeline pipeline = pipeline(connector);
		AzureRequest<String> request = request(new Random(1));
		pipeline.execute(request).block(PATIENCE);
		connector.client = this.client.headers((headers) -> headers.set("x-certificate", "new"));
		pipeline.execute(request).block(PATIENCE);
		assertThat(this.service.received()).extracting((received) -> received.headers().get("x-certificate"))
			.containsExactly("old", "new");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void hasItsConnectionFreeWhenItsAnswerIsPassedOn(boolean straight) {
		this.service.answers(200, "ok");
		HttpPool large = HttpPool.create("large", PoolOptions.defaults());
		ClientHttpConnector connector = straight ? large.connector()
				: new ReactorClientHttpConnector(large.httpClient());
		RequestPipeline pipeline = pipeline(connector);
		Mono<String> call = pipeline.execute(request(new Random(1)));
		StepVerifier.create(Flux.range(0, 20).concatMap((number) -> call))
			.expectNextCount(20)
			.expectComplete()
			.verify(PATIENCE);
		large.dispose();
		assertThat(this.service.connections()).isEqualTo(1);
	}

	@Test
	void goesToItsEndpointWhateverTheClientIsSetTo() {
		this.service.answers(200, "ok");
		HttpClient elsewhere = this.client.baseUrl("http://other.host/base").host("other.host").port(1).secure();
		pipeline(new StraightConnector(elsewhere)).execute(request(new Random(1))).block(PATIENCE);
		assertThat(this.service.received().get(0).headers().get("Host"))
			.isEqualTo(this.service.address().substring("http://".length()));
	}

	@Test
	void namesRequestsOfAClientThatIsNotOurs() {
		this.service.answers(200, "ok");
		pipeline(new StraightConnector(HttpClient.create())).execute(request(new Random(1))).block(PATIENCE);
		assertThat(this.service.received().get(0).headers().getAll("User-Agent")).containsExactly(HttpPool.PRODUCT);
	}

	@ParameterizedTest
	@CsvSource({ "shop.example.org, 443, shop.example.org", "shop.example.org, 80, shop.example.org",
			"shop.example.org, 8443, shop.example.org:8443", "127.0.0.1, 10002, 127.0.0.1:10002",
			"[::1], 10002, [::1]:10002", "::1, 443, [::1]" })
	void namesTheHostWithAnyPortThatIsNotUsual(String host, int port, String named) {
		assertThat(NettyTransport.host(AddressUtils.createUnresolved(host, port))).isEqualTo(named);
	}

	@Test
	void leavesAHostThatTheClientIsSetTo() {
		this.service.answers(200, "ok");
		HttpClient named = this.client.headers((headers) -> headers.set("Host", "shop.example.org"));
		pipeline(new StraightConnector(named)).execute(request(new Random(1))).block(PATIENCE);
		assertThat(this.service.received().get(0).headers().getAll("Host")).containsExactly("shop.example.org");
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "540, 1", "1000, 1", "4000, 2" })
	void sendsHeadAndSmallBodyInOnePiece(int size, int pieces) {
		this.service.answers(200, "ok");
		List<Integer> written = new CopyOnWriteArrayList<>();
		HttpClient watched = this.client
			.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(new Watch(written)));
		RequestPipeline pipeline = pipeline(new StraightConnector(watched));
		// Netty's encoder learns from the heads that it has seen.
		for (int i = 0; i < 5; i++) {
			pipeline.execute(put(size)).block(PATIENCE);
		}
		assertThat(written).hasSize(5 * pieces);
		assertThat(this.service.received()).hasSize(5)
			.allSatisfy((received) -> assertThat(received.body()).hasSize(size));
	}

	@Test
	void closesTheConnectionOfAnAnswerWhoseStatusIsNone() {
		this.service.sends("HTTP/1.1 099 Odd\r\nContent-Length: 10\r\n\r\nhalf", (sent) -> {
		}).answers(200, "ok");
		RequestPipeline pipeline = pipeline(this.pool.connector());
		AzureRequest<String> request = request(new Random(1));
		StepVerifier.create(pipeline.execute(request)).expectError(OutcomeUnknownException.class).verify(PATIENCE);
		// The pool has one connection.
		StepVerifier.create(pipeline.execute(request)).expectNext("200nullok").expectComplete().verify(PATIENCE);
	}

	@Test
	void saysThatNothingWasSentWhereThereIsNoClient() {
		RequestPipeline pipeline = pipeline(new NoConnector());
		StepVerifier.create(pipeline.execute(request(new Random(1))))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(NotSentException.class)
				.hasMessageContaining("no such key store"))
			.verify(PATIENCE);
	}

	@Test
	void sendsEachCallOnAStreamOfItsOwn() {
		try (StubService multiplexing = new StubService(HttpProtocol.H2C)) {
			multiplexing.answers((request, response) -> response.sendString(Mono.just("got " + request.uri())));
			RequestPipeline pipeline = pipeline(multiplexing.address(),
					new StraightConnector(this.client.protocol(HttpProtocol.H2C)));
			StepVerifier
				.create(Flux.range(0, 200)
					.flatMap((i) -> pipeline.execute(echo(i)).filter(("got /" + i)::equals), 20)
					.count())
				.expectNext(200L)
				.expectComplete()
				.verify(PATIENCE);
			assertThat(multiplexing.received()).hasSize(200)
				.allSatisfy((received) -> assertThat(received.target()).isEqualTo("/" + received.body())
					.isEqualTo("/" + received.headers().get("x-own")));
			assertThat(multiplexing.connections()).isEqualTo(1);
		}
	}

	private static AzureRequest<String> echo(int i) {
		Operation operation = new Operation("set", "set entity", HttpMethod.PUT, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders", "/" + i, (headers) -> headers.set("x-own", "" + i),
				new Body("" + i), null, Answer::text);
	}

	private static Map<String, String> described(StubService.Received received) {
		Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		received.headers().forEach((header) -> all.merge(header.getKey(), header.getValue(), (a, b) -> a + ", " + b));
		all.remove("x-ms-client-request-id");
		all.put("request", received.method() + " " + received.target() + "\n" + received.body());
		return all;
	}

	private static String outcome(RequestPipeline pipeline, AzureRequest<String> request) {
		return String.valueOf(pipeline.execute(request)
			.onErrorResume((error) -> Mono.just(error.getClass() + " " + error.getMessage()))
			.block(PATIENCE));
	}

	private static AzureRequest<String> request(Random random) {
		HttpMethod method = METHODS.get(random.nextInt(METHODS.size()));
		List<String> path = new ArrayList<>();
		for (int i = random.nextInt(4); i >= 0; i--) {
			path.add("" + (char) ('a' + random.nextInt(3)));
		}
		String own = "own " + random.nextInt(10);
		RequestBody body = (method == HttpMethod.GET || method == HttpMethod.DELETE) ? null
				: new Body("{\"n\":" + random.nextInt() + ",\"x\":\"" + "y".repeat(random.nextInt(10_000)) + "\"}");
		Operation operation = new Operation("get", "get entity", method, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders",
				"/" + String.join("/", path) + "?q=" + random.nextInt(9), (headers) -> headers.set("x-own", own), body,
				null, (answer) -> answer.status() + answer.header("x-ms-request-id") + answer.text());
	}

	private RequestPipeline pipeline(ClientHttpConnector connector) {
		return pipeline(this.service.address(), connector);
	}

	private static RequestPipeline pipeline(String address, ClientHttpConnector connector) {
		return new RequestPipeline(PipelineSettings.of(new AzureEndpoint(address), connector,
				(method, target, type, headers) -> headers.set("Authorization", method + target + type),
				ClientOptions.defaults().withResponseTimeout(PATIENCE).withRetry(RetryOptions.none()),
				ErrorMapper::byStatus, ObservationRegistry.NOOP, CONVENTION));
	}

	private static AzureRequest<String> put(int size) {
		Operation operation = new Operation("set", "set entity", HttpMethod.PUT, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders", "/orders", (headers) -> {
		}, new Body("y".repeat(size)), null, Answer::text);
	}

	/**
	 * Notes the size of each piece that a connection is to write.
	 */
	private static final class Watch extends ChannelOutboundHandlerAdapter {

		private final List<Integer> written;

		Watch(List<Integer> written) {
			this.written = written;
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			this.written.add(((ByteBuf) message).readableBytes());
			context.write(message, promise);
		}

	}

	/**
	 * A connector whose client cannot be made.
	 */
	private static final class NoConnector implements ReactorNettyConnector {

		@Override
		public HttpClient httpClient() {
			throw new IllegalStateException("no such key store");
		}

		@Override
		public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			throw new IllegalStateException("no such key store");
		}

	}

	private record Body(String json) implements RequestBody {

		@Override
		public CharSequence contentType() {
			return "application/json";
		}

		@Override
		public void write(JsonWriter out) {
			out.sink().ascii(this.json);
		}

	}

}
