package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExecutorOnDemand}.
 */
class ExecutorOnDemandTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final AtomicInteger made = new AtomicInteger();

	@Test
	void isMadeOnceWithItsFirstTask() {
		ExecutorOnDemand executor = new ExecutorOnDemand(this::make);
		assertThat(this.made).hasValue(0);
		AtomicInteger run = new AtomicInteger();
		executor.execute(run::incrementAndGet);
		executor.execute(run::incrementAndGet);
		assertThat(this.made).hasValue(1);
		assertThat(run).hasValue(2);
	}

	@Test
	void keepsNobodyWaitingWhileItIsMade() {
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		ExecutorOnDemand executor = new ExecutorOnDemand(() -> {
			making.countDown();
			await(go);
			return make();
		});
		CompletableFuture<Void> first = new CompletableFuture<>();
		CompletableFuture<Void> second = new CompletableFuture<>();
		CompletableFuture<Void> maker = CompletableFuture.runAsync(() -> executor.execute(() -> first.complete(null)));
		await(making);
		executor.execute(() -> second.complete(null));
		assertThat(second).isNotDone();
		go.countDown();
		assertThat(maker).succeedsWithin(LIMIT);
		assertThat(first).succeedsWithin(LIMIT);
		assertThat(second).succeedsWithin(LIMIT);
		assertThat(this.made).hasValue(1);
	}

	@Test
	void losesNoTaskThoughItCannotBeMade() {
		losesNoTask(() -> {
			throw new IllegalStateException("no thread");
		});
	}

	@Test
	void losesNoTaskThoughWhatIsMadeRefusesIt() {
		losesNoTask(() -> (task) -> {
			throw new RejectedExecutionException("no thread");
		});
	}

	private static void losesNoTask(Supplier<Executor> maker) {
		CountDownLatch making = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		ExecutorOnDemand executor = new ExecutorOnDemand(() -> {
			making.countDown();
			await(go);
			return maker.get();
		});
		CompletableFuture<Void> second = new CompletableFuture<>();
		CompletableFuture<Void> first = CompletableFuture.runAsync(() -> executor.execute(() -> {
		}));
		await(making);
		executor.execute(() -> second.complete(null));
		go.countDown();
		assertThat(first).failsWithin(LIMIT).withThrowableThat().withMessageContaining("no thread");
		assertThat(second).succeedsWithin(LIMIT);
	}

	@Test
	void runsTasksThatComeAfterItsEndWithoutBeingMade() {
		ExecutorOnDemand executor = new ExecutorOnDemand(this::make);
		assertThat(executor.close()).isNull();
		CompletableFuture<Void> late = new CompletableFuture<>();
		executor.execute(() -> late.complete(null));
		assertThat(late).succeedsWithin(LIMIT);
		assertThat(this.made).hasValue(0);
	}

	private Executor make() {
		this.made.incrementAndGet();
		return Runnable::run;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
