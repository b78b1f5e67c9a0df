package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadline}.
 */
class DeadlineTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final TestPublisher<String> source = TestPublisher.create();

	private final Mono<String> guarded = new Deadline<>(this.source.mono(), Duration.ofSeconds(5), this.time,
			Subscription::cancel);

	@Test
	void passesAValueOn() {
		StepVerifier.create(this.guarded).then(() -> this.source.emit("value")).expectNext("value").verifyComplete();
	}

	@Test
	void passesAnEmptyEndOn() {
		StepVerifier.create(this.guarded).then(this.source::complete).verifyComplete();
	}

	@Test
	void passesAnErrorOn() {
		StepVerifier.create(this.guarded)
			.then(() -> this.source.error(new IllegalStateException("no")))
			.verifyErrorMessage("no");
	}

	@Test
	void failsAndCancelsWhenTimeIsUp() {
		StepVerifier.create(this.guarded)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(4999)))
			.then(this.source::assertNotCancelled)
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.verifyError(TimeoutException.class);
		this.source.assertCancelled();
	}

	@Test
	void passesACancelOn() {
		StepVerifier.create(this.guarded).thenCancel().verify();
		this.source.assertCancelled();
	}

	@Test
	void passesAValueOnThatComesInSpiteOfACancel() {
		List<String> received = new ArrayList<>();
		TestPublisher<String> stubborn = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
		BaseSubscriber<String> subscriber = new BaseSubscriber<>() {

			@Override
			protected void hookOnNext(String value) {
				received.add(value);
			}

		};
		new Deadline<>(stubborn.mono(), Duration.ofSeconds(5), this.time, (cancelled) -> {
		}).subscribe(subscriber);
		subscriber.cancel();
		stubborn.next("late");
		assertThat(received).containsExactly("late");
	}

	@Test
	void saysThatACallBeganBeforeItSaysThatItEnded() {
		Mono<String> impatient = new Deadline<>(Mono.never(), Duration.ZERO, new AtOnce(), Subscription::cancel);
		StepVerifier.create(impatient).expectSubscription().verifyError(TimeoutException.class);
	}

	/** Time that is up before the caller goes on. */
	private static final class AtOnce implements Scheduler {

		@Override
		public Disposable schedule(Runnable task) {
			task.run();
			return Disposables.disposed();
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			return schedule(task);
		}

		@Override
		public Worker createWorker() {
			throw new UnsupportedOperationException();
		}

	}

}
