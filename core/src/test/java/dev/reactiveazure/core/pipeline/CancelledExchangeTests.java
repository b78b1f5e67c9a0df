package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
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

	@Test
	void leakNothingWhereTheCancelComesTogetherWithTheHead() {
		this.service.answers(200, BODY);
		RequestPipeline pipeline = pipeline(
				(client) -> client.mapConnect((answered) -> answered.doOnNext((connection) -> cancelElsewhere())));
		for (int i = 0; i < 50; i++) {
			this.cancelled = new CompletableFuture<>();
			this.call = new BaseSubscriber<>() {
			};
			pipeline.execute(get()).subscribe(this.call);
			assertThat(this.cancelled).succeedsWithin(PATIENCE);
		}
		StepVerifier.create(pipeline(UnaryOperator.identity()).execute(get()))
			.expectNext(BODY)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.leaks.stop()).isEmpty();
	}

	@Test
	void leaveTheirConnectionClosedAndThePoolInOrder() {
		this.service.neverAnswers().answers(200, BODY);
		RequestPipeline pipeline = pipeline(UnaryOperator.identity());
		Disposable waiting = pipeline.execute(get()).subscribe();
		awaitRequests(1);
		waiting.dispose();
		StepVerifier.create(pipeline.execute(get())).expectNext(BODY).expectComplete().verify(PATIENCE);
		assertThat(this.service.connections()).isEqualTo(2);
		assertThat(this.leaks.stop()).isEmpty();
	}

	/**
	 * Cancel the call on another thread while the one that reads the answer waits for
	 * that, with the head in hand.
	 */
	private void cancelElsewhere() {
		CompletableFuture.runAsync(this.call::cancel).join();
		this.cancelled.complete(null);
	}

	private RequestPipeline pipeline(UnaryOperator<HttpClient> customizer) {
		return new RequestPipeline(PipelineSettings.of(new AzureEndpoint(this.service.address()),
				new ReactorClientHttpConnector(customizer.apply(this.pool.httpClient())),
				(method, target, type, headers) -> {
				}, ClientOptions.defaults().withResponseTimeout(PATIENCE), ErrorMapper::byStatus,
				ObservationRegistry.NOOP, CONVENTION));
	}

	private static AzureRequest<String> get() {
		Operation operation = new Operation("get", "get entity", HttpMethod.GET, RetrySafety.ALWAYS);
		return new AzureRequest<>(operation, "table", "orders", "/things", (headers) -> {
		}, null, Answer::text);
	}

	private void awaitRequests(int count) {
		Flux.interval(Duration.ofMillis(2))
			.takeUntil((i) -> this.service.received().size() >= count)
			.blockLast(PATIENCE);
	}

}
