package dev.reactiveazure.benchmarks.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Lets a contender work in this JVM.
 */
public final class LocalRunner implements Runner {

	private static final int WARM_UP_BATCH = 1000;

	/** One operation in so many is done before each measurement, too. */
	private static final int UNMEASURED = 10;

	/**
	 * Far above any measurement: a contender that loses an answer must not hang the run.
	 */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration COMPILER_PATIENCE = Duration.ofSeconds(15);

	private final Contender contender;

	private final int warmUpBatch;

	private final int concurrency;

	private final Meter meter = new Meter();

	/**
	 * Create a runner.
	 * @param work what the contender works at
	 * @param contender the contender
	 * @param concurrency how many operations are in flight
	 */
	public LocalRunner(Work work, Contender contender, int concurrency) {
		this.contender = contender;
		this.warmUpBatch = work.operations(WARM_UP_BATCH);
		this.concurrency = concurrency;
	}

	@Override
	public String name() {
		return this.contender.name();
	}

	@Override
	public void check() {
		perform(1);
	}

	@Override
	public void warmUp(Duration duration) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < duration.toNanos()) {
			perform(this.warmUpBatch);
		}
	}

	@Override
	public Sample measure(int operations) {
		perform(Math.max(this.concurrency, operations / UNMEASURED));
		// Otherwise one contender pays for the garbage of the one before it.
		System.gc();
		return this.meter.measure(operations, (latencies) -> perform(operations, latencies));
	}

	private void perform(int operations) {
		perform(operations, new Latencies(operations));
	}

	private void perform(int operations, Latencies latencies) {
		this.contender.times(operations, this.concurrency, latencies).block(PATIENCE);
	}

	@Override
	public void settle() {
		CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		long start = System.nanoTime();
		long before;
		do {
			before = compiler.getTotalCompilationTime();
			pause(500);
		}
		while (compiler.getTotalCompilationTime() != before && System.nanoTime() - start < COMPILER_PATIENCE.toNanos());
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the compilers were busy", ex);
		}
	}

}
