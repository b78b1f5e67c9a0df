package dev.reactiveazure.core.webclient;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.RequestSigner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SigningFilter} over HTTP.
 */
class SigningFilterTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final AtomicInteger failures = new AtomicInteger();

	private DisposableServer server;

	@BeforeEach
	void start() {
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
			this.received.add(request.uri() + " " + request.requestHeaders().get("X-Signed"));
			return response.status((this.failures.getAndDecrement() > 0) ? 503 : 200).send();
		}).bindNow();
	}

	@AfterEach
	void stop() {
		this.server.disposeNow();
	}

	private String address() {
		return "http://127.0.0.1:" + this.server.port();
	}

	private WebClient client(RequestSigner signer) {
		return client(signer, new ReactorClientHttpConnector());
	}

	private WebClient client(RequestSigner signer, ClientHttpConnector connector) {
		return WebClient.builder()
			.baseUrl(address())
			.clientConnector(connector)
			.filter(new SigningFilter(new AzureEndpoint(address()), signer))
			.build();
	}

	private static void send(WebClient.RequestHeadersSpec<?> request) {
		request.retrieve().toBodilessEntity().block(LIMIT);
	}

	@Test
	void seesTheContentTypeThatTheBodysWriterSets() {
		for (ClientHttpConnector connector : List.of(new ReactorClientHttpConnector(), new JdkClientHttpConnector())) {
			this.received.clear();
			WebClient client = client(new EchoSigner(), connector);
			send(client.get().uri("/a?b=c d"));
			send(client.post().uri("/a").bodyValue("text"));
			send(client.put().uri("/a").bodyValue(Map.of("n", 1)));
			send(client.put().uri("/a").contentType(MediaType.valueOf("application/x+json")).bodyValue(Map.of()));
			assertThat(this.received).containsExactly("/a?b=c%20d&sig=1 GET /a?b=c%20d&sig=1 null",
					"/a?sig=1 POST /a?sig=1 text/plain;charset=UTF-8", "/a?sig=1 PUT /a?sig=1 application/json",
					"/a?sig=1 PUT /a?sig=1 application/x+json");
		}
	}

	@Test
	void waitsForWhatSigningNeedsAndSignsEachRetryAnew() {
		this.failures.set(1);
		AtomicInteger tokens = new AtomicInteger();
		RequestSigner signer = new RequestSigner() {

			@Override
			public Mono<Void> prepare() {
				return Mono.<Void>empty().doOnSubscribe((subscription) -> tokens.incrementAndGet());
			}

			@Override
			public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType,
					HeaderSink headers) {
				headers.set("X-Signed", "token " + tokens.get());
			}

		};
		client(signer).get().uri("/a").retrieve().toBodilessEntity().retry(1).block(LIMIT);
		assertThat(this.received).containsExactly("/a token 1", "/a token 2");
	}

	@Test
	void failsWhereSigningFails() {
		RequestSigner signer = (method, pathAndQuery, contentType, headers) -> {
			throw new IllegalStateException("no token");
		};
		StepVerifier.create(client(signer).get().uri("/a").retrieve().toBodilessEntity())
			.expectErrorSatisfies((error) -> assertThat(error).hasStackTraceContaining("no token"))
			.verify(LIMIT);
		assertThat(this.received).isEmpty();
	}

	@Test
	void refusesAnotherHostSchemeOrPort() {
		WebClient client = client(new EchoSigner());
		for (String url : List.of("http://localhost:" + this.server.port(), "https://127.0.0.1:" + this.server.port(),
				"http://127.0.0.1:1")) {
			StepVerifier.create(client.get().uri(url + "/a?sig=s3cret").retrieve().toBodilessEntity())
				.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
					.hasMessageContaining("credential")
					.hasMessageNotContaining("s3cret"))
				.verify(LIMIT);
		}
		assertThat(this.received).isEmpty();
	}

	/**
	 * Signs with what it was given to sign.
	 */
	private static final class EchoSigner implements RequestSigner {

		@Override
		public String authorise(String pathAndQuery) {
			return pathAndQuery + (pathAndQuery.contains("?") ? "&" : "?") + "sig=1";
		}

		@Override
		public void sign(HttpMethod method, String pathAndQuery, @Nullable CharSequence contentType,
				HeaderSink headers) {
			headers.set("X-Signed", method + " " + pathAndQuery + " " + contentType);
		}

	}

}
