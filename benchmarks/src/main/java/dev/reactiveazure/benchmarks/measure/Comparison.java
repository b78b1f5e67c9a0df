package dev.reactiveazure.benchmarks.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the contenders of a work in rotation: each meets the same JVM, the same state
 * of the machine and the same warm-up, and each rotation starts with another one.
 */
public final class Comparison {

	/** Warm-up comes in slices, so that no contender is warmed with fresher profiles. */
	private static final int WARM_UP_SLICES = 6;

	private static final int WARM_UP_BATCH = 1000;

	/**
	 * Far above any measurement: a contender that loses an answer must not hang the run.
	 */
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration COMPILER_PATIENCE = Duration.ofSeconds(15);

	private final Plan plan;

	private final Consumer<String> progress;

	private final Meter meter = new Meter();

	/**
	 * Create a comparison.
	 * @param plan how long and how often to measure
	 * @param progress is told what is going on
	 */
	public Comparison(Plan plan, Consumer<String> progress) {
		this.plan = plan;
		this.progress = progress;
	}

	/**
	 * Lets every contender do the work once, so that a broken one fails at once, then
	 * warms all of them up by the same time.
	 * @param work the work
	 */
	public void warmUp(Work work) {
		for (Contender contender : work.contenders()) {
			perform(contender, 1);
		}
		Duration slice = this.plan.warmUp().dividedBy(WARM_UP_SLICES);
		for (int number = 1; number <= WARM_UP_SLICES; number++) {
			this.progress.accept("%s: warm-up %d of %d".formatted(work.name(), number, WARM_UP_SLICES));
			for (Contender contender : work.contenders()) {
				performFor(contender, work.operations(WARM_UP_BATCH), slice);
			}
		}
		awaitIdleCompiler();
	}

	/**
	 * Measures a work that is warm.
	 * @param work the work
	 * @return the samples of all contenders
	 */
	public Result measure(Work work) {
		Map<String, List<Sample>> samples = new LinkedHashMap<>();
		for (int rotation = 0; rotation < this.plan.rotations(); rotation++) {
			this.progress.accept("%s: rotation %d of %d".formatted(work.name(), rotation + 1, this.plan.rotations()));
			for (int turn = 0; turn < work.contenders().size(); turn++) {
				Contender contender = work.contenders().get((rotation + turn) % work.contenders().size());
				samples.computeIfAbsent(contender.name(), (name) -> new ArrayList<>())
					.add(measure(contender, work.operations(this.plan.operations())));
			}
		}
		return new Result(work.name(), samples);
	}

	private Sample measure(Contender contender, int operations) {
		// Otherwise one contender pays for the garbage of the one before it.
		System.gc();
		return this.meter.measure(operations, () -> perform(contender, operations));
	}

	private void performFor(Contender contender, int operations, Duration duration) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < duration.toNanos()) {
			perform(contender, operations);
		}
	}

	private void perform(Contender contender, int operations) {
		contender.times(operations, this.plan.concurrency()).block(PATIENCE);
	}

	/**
	 * Waits until the JIT compilers have had nothing to do for half a second.
	 */
	private static void awaitIdleCompiler() {
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
