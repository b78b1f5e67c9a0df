package dev.reactiveazure.core.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for calls that are cancelled at the worst moment, over real HTTP.
 */
class CancelledExchangeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String BODY = "x".repeat(4000);

	private static final ObservationConvention<AzureOperationContext> CONVENTION = new ObservationConvention<>() {

		@Override
		public String getName() {
			return "azure.test";
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	};

	private final StubService service = new StubService();

	private final HttpPool pool = HttpPool.create("test", PoolOptions.defaults().withMaxConnections(1));

	private final LeakWatch leaks = new LeakWatch();

	private volatile BaseSubscriber<String> call = new BaseSubscriber<>() {
	};

	private volatile CompletableFuture<Void> cancelled = new CompletableFuture<>();

	@BeforeEach
	void watchBuffers() {
		this.leaks.start();
	}

	@AfterEach
	void close() {
		this.pool.dispose();
		this.service.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leakNothingWhereTheCancelComesTogetherWithTheHead(boolean straight) {
		this.service.answers(200, BODY);
		RequestPipeline pipeline = pipeline(straight,
				(client) -> client.mapConnect((answered) -> answered.doOnNext((connection) -> cancelElsewhere())));
		for (int i = 0; i < 50; i++) {
			this.cancelled = new CompletableFuture<>();
			this.call = new BaseSubscriber<>() {
			};
			pipeline.execute(get()).subscribe(this.call);
			assertThat(this.cancelled).succeedsWithin(PATIENCE);
		}
		StepVerifier.create(pipeline(straight, UnaryOperator.identity()).execute(get()))
			.expectNext(BODY)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.leaks.stop()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leaveTheirConnectionClosedAndThePoolInOrder(boolean straight) {
		this.service.neverAnswers().answers(200, BODY);
		RequestPipeline pipeline = pipeline(straight, UnaryOperator.identity());
		Disposable waiting = pipeline.execute(get()).subscribe();
		awaitRequests(1);
		waiting.dispose();
		StepVerifier.create(pipeline.execute(get())).expectNext(BODY).expectComplete().verify(PATIENCE);
		assertThat(this.service.connections()).isEqualTo(2);
		assertThat(this.leaks.stop()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, EncodedBody.LARGEST_ON_HEAP + 1 })
	void keepTheirBodyUntilItIsWritten(int size) {
		String body = "x".repeat(size);
		this.service.neverAnswers();
		ClientHttpConnector connector = new ReactorClientHttpConnector(this.pool.httpClient());
		RequestPipeline pipeline = pipeline((method, uri, callback) -> connector.connect(method, uri,
				(request) -> callback.apply(new ClientHttpRequestDecorator(request) {

					@Override
					public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
						cancelElsewhere();
						return super.writeWith(body);
					}

				})));
		pipeline.execute(put(body)).subscribe(this.call);
		assertThat(this.cancelled).succeedsWithin(PATIENCE);
		awaitRequests(1);
		assertThat(this.service.received()).extracting(StubService.Received::body).containsExactly(body);
		assertThat(this.leaks.stop()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellWhoAsksWhenNothingComesAnyMore(boolean straight) {
		this.service.answers(200, BODY);
		List<String> told = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		Listening subscriber = new Listening(told, done);
		pipeline(straight, UnaryOperator.identity()).execute(get((answer) -> {
			CompletableFuture.runAsync(subscriber::cancel).join();
			told.add("read");
			return answer.text();
		})).subscribe(subscriber);
		assertThat(done).succeedsWithin(PATIENCE);
		assertThat(told).containsExactly("pending", "read", "value", "done");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellWhoAsksThoughTheirValueWasOnItsWay(boolean straight) {
		this.service.answers(200, BODY);
		List<String> told = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		Listening subscriber = new Listening(told, done);
		pipeline(straight, UnaryOperator.identity()).execute(get(Answer::text))
			.doOnNext((value) -> CompletableFuture.runAsync(subscriber::cancel).join())
			.subscribe(subscriber);
		assertThat(done).succeedsWithin(PATIENCE);
		assertThat(told).containsExactly("pending", "value", "done");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellWhoAsksThoughTheirValueWaitsToBePassedOn(boolean straight) {
		this.service.answers(200, BODY);
		List<String> told = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> done = new CompletableFuture<>();
		CompletableFuture<Void> subscribed = new CompletableFuture<>();
		Listening subscriber = new Listening(told, done);
		// A call that has its answer stops its timer, and then passes the answer on.
		Scheduler timers = new WatchedTimers(() -> CompletableFuture.runAsync(subscriber::cancel).join());
		new RequestPipeline(settings(connector(straight, this.pool.httpClient())).withTime(timers, Clock.systemUTC()))
			.execute(get((answer) -> {
				subscribed.join();
				return answer.text();
			}))
			.subscribe(subscriber);
		subscribed.complete(null);
		assertThat(done).succeedsWithin(PATIENCE);
		assertThat(told).containsExactly("pending", "value", "done");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellNobodyOfACancelThatTakesEffectAtOnce(boolean straight) {
		this.service.neverAnswers();
		List<String> told = new CopyOnWriteArrayList<>();
		RequestPipeline pipeline = pipeline(straight, UnaryOperator.identity());
		Disposable waiting = pipeline.execute(get()).subscribe();
		awaitRequests(1);
		// The pool has one connection, so that this one is not sent.
		Listening subscriber = new Listening(told, new CompletableFuture<>());
		pipeline.execute(get()).subscribe(subscriber);
		subscriber.cancel();
		waiting.dispose();
		assertThat(told).isEmpty();
	}

	/**
	 * Cancel the call on another thread while the one that reads the answer waits for
	 * that, with the head in hand.
	 */
	private void cancelElsewhere() {
		CompletableFuture.runAsync(this.call::cancel).join();
		this.cancelled.complete(null);
	}

	private RequestPipeline pipeline(boolean straight, UnaryOperator<HttpClient> customizer) {
		return pipeline(connector(straight, customizer.apply(this.pool.httpClient())));
	}

	private static ClientHttpConnector connector(boolean straight, HttpClient client) {
		return straight ? new StraightConnector(client) : new ReactorClientHttpConnector(client);
	}

	private RequestPipeline pipeline(ClientHttpConnector connector) {
		return new RequestPipeline(settings(connector));
	}

	private PipelineSettings settings(ClientHttpConnector connector) {
		return PipelineSettings.of(new AzureEndpoint(this.service.address()), connector,
				(method, target, type, headers) -> {
				}, ClientOptions.defaults().withResponseTimeout(PATIENCE), ErrorMapper::byStatus,
				ObservationRegistry.NOOP, CONVENTION);
	}

	private static AzureRequest<String> get() {
		return get(Answer::text);
	}

	private static AzureRequest<String> get(AnswerReader<String> reader) {
		Operation operation = new Operation("get", "get entity", HttpMethod.GET, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders", "/things", (headers) -> {
		}, null, reader);
	}

	private static AzureRequest<String> put(String body) {
		Operation operation = new Operation("set", "set entity", HttpMethod.PUT, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders", "/things", (headers) -> {
		}, new RequestBody() {

			@Override
			public CharSequence contentType() {
				return "text/plain";
			}

			@Override
			public void write(JsonWriter out) {
				out.sink().ascii(body);
			}

		}, Answer::text);
	}

	private void awaitRequests(int count) {
		Flux.interval(Duration.ofMillis(2))
			.takeUntil((i) -> this.service.received().size() >= count)
			.blockLast(PATIENCE);
	}

	/**
	 * Does something whenever a timer is stopped.
	 */
	private record WatchedTimers(Runnable stopped) implements Scheduler {

		@Override
		public Disposable schedule(Runnable task) {
			return Schedulers.parallel().schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			Disposable timer = Schedulers.parallel().schedule(task, delay, unit);
			return () -> {
				timer.dispose();
				this.stopped.run();
			};
		}

		@Override
		public Worker createWorker() {
			return Schedulers.parallel().createWorker();
		}

	}

	/**
	 * A subscriber that notes what it is told.
	 */
	private static final class Listening extends BaseSubscriber<String> implements CancelListener {

		private final List<String> told;

		private final CompletableFuture<Void> done;

		Listening(List<String> told, CompletableFuture<Void> done) {
			this.told = told;
			this.done = done;
		}

		@Override
		public Context currentContext() {
			return Context.of(CancelListener.KEY, this);
		}

		@Override
		protected void hookOnNext(String value) {
			this.told.add("value");
		}

		@Override
		public void cancelPending() {
			this.told.add("pending");
		}

		@Override
		public void cancelDone() {
			this.told.add("done");
			this.done.complete(null);
		}

	}

}
