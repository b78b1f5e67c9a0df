package dev.reactiveazure.benchmarks.measure;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTests {

	@Test
	void tellWhatAShareOfTheOperationsDidNotExceed() {
		Latencies latencies = new Latencies(100);
		IntStream.rangeClosed(1, 100).forEach((micros) -> latencies.record(micros * 1000L));

		assertThat(latencies.micros(0.5)).isEqualTo(50);
		assertThat(latencies.micros(0.99)).isEqualTo(99);
	}

	@Test
	void areUnknownWhereNoneWasRecorded() {
		assertThat(new Latencies(1).micros(0.5)).isNull();
	}

	@Test
	void anOperationIsTimedOnceHoweverMuchItEmits() {
		Latencies latencies = new Latencies(10);
		Contender contender = Contender.of("any", () -> Flux.fromIterable(List.of(1, 2, 3)));

		StepVerifier.create(contender.times(2, 2, latencies)).verifyComplete();

		assertThat(latencies.micros(0.5)).isNotNull();
		assertThat(latencies.count()).isEqualTo(2);
	}

	@Test
	void aFailureIsNotTimedAndFailsTheRest() {
		Latencies latencies = new Latencies(10);
		Contender contender = Contender.of("any", () -> Mono.error(new IllegalStateException("broken")));

		StepVerifier.create(contender.times(2, 1, latencies)).verifyErrorMessage("broken");

		assertThat(latencies.count()).isZero();
	}

	@Test
	void anOperationIsCancelledWithItsDriver() {
		TestPublisher<Integer> source = TestPublisher.create();

		StepVerifier.create(TimedOperation.of(Contender.of("any", source::flux), new Latencies(1)))
			.thenCancel()
			.verify();

		source.assertWasCancelled();
	}

}
