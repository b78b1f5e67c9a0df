package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureCredential.AccessKey;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RotatingCredential;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rotations of keys against a service that knows two of them.
 */
class RotatingSignerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Operation NEVER_TWICE = new Operation("receive", "receive events", HttpMethod.POST,
			RetrySafety.NEVER);

	private static final ObservationConvention<AzureOperationContext> CONVENTION = new ObservationConvention<>() {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof AzureOperationContext;
		}

	};

	private static final AccessKey FIRST = new AccessKey("first");

	private static final AccessKey SECOND = new AccessKey("second");

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final StubService service = new StubService().answers((request, response) -> {
		String key = request.requestHeaders().get("Authorization");
		return response.status(this.known.contains(key) ? 200 : 401).sendString(Mono.just("ok")).then();
	});

	private final HttpPool pool = HttpPool.create("test", PoolOptions.defaults().withMaxConnections(8));

	@AfterEach
	void close() {
		this.pool.dispose();
		this.service.close();
	}

	@Test
	void triesTheSecondKeyOnceAndAtOnce() {
		this.known.add("second");
		RotatingCredential credential = RotatingCredential.of(FIRST, SECOND);
		StepVerifier.create(pipeline(credential).execute(call())).expectNext("ok").expectComplete().verify(PATIENCE);
		assertThat(keysSent()).containsExactly("first", "second");
	}

	@Test
	void beginsWithTheSecondKeyOnceTheFirstWasRefused() {
		this.known.add("second");
		RequestPipeline pipeline = pipeline(RotatingCredential.of(FIRST, SECOND));
		StepVerifier.create(pipeline.execute(call()).then(pipeline.execute(call())))
			.expectNext("ok")
			.expectComplete()
			.verify(PATIENCE);
		assertThat(keysSent()).containsExactly("first", "second", "second");
	}

	@Test
	void givesUpWhenBothKeysAreRefused() {
		StepVerifier.create(pipeline(RotatingCredential.of(FIRST, SECOND)).execute(call()))
			.expectError(AuthenticationException.class)
			.verify(PATIENCE);
		assertThat(keysSent()).containsExactly("first", "second");
	}

	@Test
	void triesAKeyThatCameWhileTheRefusedOneWasOnItsWay() {
		this.known.add("new");
		RotatingCredential credential = RotatingCredential.of(FIRST, null);
		RequestSigner started = signer(credential).current();
		credential.update(new AccessKey("new"));
		assertThat(started.afterRefusal()).isNotNull();
	}

	@Test
	void signsTheNextCallWithAnUpdatedKey() {
		this.known.addAll(List.of("first", "new"));
		RotatingCredential credential = RotatingCredential.of(FIRST, null);
		RequestPipeline pipeline = pipeline(credential);
		StepVerifier.create(pipeline.execute(call())).expectNext("ok").expectComplete().verify(PATIENCE);
		credential.update(new AccessKey("new"));
		StepVerifier.create(pipeline.execute(call())).expectNext("ok").expectComplete().verify(PATIENCE);
		assertThat(keysSent()).containsExactly("first", "new");
	}

	@Test
	void losesNoCallWhileBothKeysAreRegeneratedUnderLoad() {
		this.known.addAll(List.of("first", "second"));
		RotatingCredential credential = RotatingCredential.of(FIRST, SECOND);
		RequestPipeline pipeline = pipeline(credential);
		Flux<String> load = Flux.range(0, 2_000)
			.doOnNext((call) -> rotate(call, credential))
			.flatMap((call) -> pipeline.execute(call()), 8);
		StepVerifier.create(load.count()).expectNext(2_000L).expectComplete().verify(PATIENCE);
		assertThat(keysSent().stream().collect(Collectors.toSet())).containsExactlyInAnyOrder("first", "second",
				"new-first", "new-second");
	}

	/**
	 * The order that Azure's documentation gives: one key after the other, and the
	 * application told of each.
	 */
	private void rotate(int call, RotatingCredential credential) {
		switch (call) {
			case 400 -> {
				this.known.remove("first");
				this.known.add("new-first");
			}
			case 800 -> credential.update(new AccessKey("new-first"), SECOND);
			case 1200 -> {
				this.known.remove("second");
				this.known.add("new-second");
			}
			case 1600 -> credential.update(new AccessKey("new-second"), new AccessKey("new-first"));
			default -> {
			}
		}
	}

	private List<String> keysSent() {
		return this.service.received().stream().map((request) -> request.headers().get("Authorization")).toList();
	}

	private static RotatingSigner signer(RotatingCredential credential) {
		return new RotatingSigner(credential, RotatingSignerTests::signer);
	}

	private static RequestSigner signer(AzureCredential credential) {
		String key = ((AccessKey) credential).key();
		return (method, pathAndQuery, contentType, headers) -> headers.set("Authorization", key);
	}

	private RequestPipeline pipeline(RotatingCredential credential) {
		return new RequestPipeline(PipelineSettings.of(new AzureEndpoint(this.service.address()), this.pool.connector(),
				signer(credential), ClientOptions.defaults(), ErrorMapper::byStatus, ObservationRegistry.NOOP,
				CONVENTION));
	}

	private static AzureRequest<String> call() {
		return new AzureRequest<>(NEVER_TWICE, "subscription", "billing", "/receive", (headers) -> {
		}, null, Answer::text);
	}

}
