package dev.reactiveazure.core.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedCall}.
 */
class ObservedCallTests {

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final TestPublisher<String> source = TestPublisher
		.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

	private Runnable whenStopped = () -> {
	};

	ObservedCallTests() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onError(Observation.Context context) {
				ObservedCallTests.this.events.add("error " + context.getError());
			}

			@Override
			public void onStop(Observation.Context context) {
				ObservedCallTests.this.events.add("stop");
				ObservedCallTests.this.whenStopped.run();
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
	}

	@Test
	void stopsBeforeTheValueIsTold() {
		StepVerifier.create(observed(Mono.just("a")).doOnNext(this.events::add)).expectNext("a").verifyComplete();
		assertThat(this.events).containsExactly("stop", "a");
	}

	@Test
	void stopsWhereThereIsNoValue() {
		StepVerifier.create(observed(Mono.empty())).verifyComplete();
		assertThat(this.events).containsExactly("stop");
	}

	@Test
	void noticesAnErrorBeforeItIsTold() {
		StepVerifier
			.create(observed(Mono.error(new IllegalStateException("x"))).doOnError((error) -> this.events.add("told")))
			.verifyErrorMessage("x");
		assertThat(this.events).containsExactly("error java.lang.IllegalStateException: x", "stop", "told");
	}

	@Test
	void noticesWhatIsThrownAsTheCallBegins() {
		ObservedCall<String> broken = new ObservedCall<>(() -> {
			throw new IllegalArgumentException("no such property");
		}, Observation.start("call", this.registry));
		StepVerifier.create(broken).verifyErrorMessage("no such property");
		assertThat(this.events).containsExactly("error java.lang.IllegalArgumentException: no such property", "stop");
	}

	@Test
	void stopsAndPassesACancelOn() {
		StepVerifier.create(observed(Mono.fromDirect(this.source))).thenCancel().verify();
		this.source.assertCancelled();
		assertThat(this.events).containsExactly("stop");
	}

	@Test
	void passesAValueOnThatComesInSpiteOfACancel() {
		List<String> received = new ArrayList<>();
		BaseSubscriber<String> subscriber = collecting(received);
		observed(Mono.fromDirect(this.source)).subscribe(subscriber);
		subscriber.cancel();
		this.source.next("late");
		assertThat(received).containsExactly("late");
		assertThat(this.events).containsExactly("stop");
	}

	@Test
	void isTheCurrentObservationOfTheContextWithin() {
		Observation observation = Observation.start("call", this.registry);
		Mono<Context> seen = Mono.deferContextual((context) -> Mono.just(Context.of(context)));
		StepVerifier
			.create(new ObservedCall<>(() -> seen, observation)
				.contextWrite((outer) -> outer.put("tenant", "a").put("micrometer.observation", "parent")))
			.assertNext((context) -> {
				assertThat(context.<Observation>get("micrometer.observation")).isSameAs(observation);
				assertThat(context.<String>get("tenant")).isEqualTo("a");
			})
			.verifyComplete();
	}

	@Test
	void failsOnceWhereAHandlerThrows() {
		this.whenStopped = () -> {
			throw new IllegalStateException("handler");
		};
		StepVerifier.create(observed(Mono.just("a"))).verifyErrorMessage("handler");
		StepVerifier.create(observed(Mono.empty())).verifyErrorMessage("handler");
		StepVerifier.create(observed(Mono.error(new IllegalStateException("x")))).verifyErrorMessage("handler");
		assertThat(this.events).filteredOn("stop"::equals).hasSize(3);
	}

	@Test
	void stopsOnceWhereAValueAndACancelMeet() throws Exception {
		Random random = new Random(20261122);
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			for (int i = 0; i < 2_000; i++) {
				this.events.clear();
				meet(other, random.nextInt(200), random.nextInt(200));
				assertThat(this.events).as("round " + i).containsExactly("stop");
			}
		}
		finally {
			other.shutdownNow();
		}
	}

	private void meet(ExecutorService other, int before, int after) throws Exception {
		TestPublisher<String> racing = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		BaseSubscriber<String> subscriber = collecting(new ArrayList<>());
		observed(Mono.fromDirect(racing)).subscribe(subscriber);
		CyclicBarrier start = new CyclicBarrier(2);
		Future<?> cancelling = other.submit(() -> {
			start.await();
			spin(before);
			subscriber.cancel();
			return null;
		});
		start.await();
		spin(after);
		racing.emit("a");
		cancelling.get(10, TimeUnit.SECONDS);
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

	private static BaseSubscriber<String> collecting(List<String> received) {
		return new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(String value) {
				received.add(value);
			}

		};
	}

	private Mono<String> observed(Mono<String> call) {
		return Mono.defer(() -> new ObservedCall<>(() -> call, Observation.start("call", this.registry)));
	}

}
