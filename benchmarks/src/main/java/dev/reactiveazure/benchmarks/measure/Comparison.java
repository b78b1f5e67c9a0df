package dev.reactiveazure.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares contenders at one work in rotation: each gets the same warm-up and meets the
 * same state of the machine, and each rotation starts with another one. Only one works at
 * a time.
 */
public final class Comparison {

	/**
	 * Warm-up comes in slices, so that no contender of a JVM is warmed with fresher
	 * profiles.
	 */
	private static final int WARM_UP_SLICES = 6;

	private final String work;

	private final List<Runner> runners;

	private final Consumer<String> progress;

	/**
	 * Create a comparison.
	 * @param work the name of the work in the report
	 * @param runners who competes, in the order of the report
	 * @param progress is told what is going on
	 */
	public Comparison(String work, List<? extends Runner> runners, Consumer<String> progress) {
		this.work = work;
		this.runners = List.copyOf(runners);
		this.progress = progress;
	}

	/**
	 * Lets every contender do the work once, so that a broken one fails at once, then
	 * warms all of them up by the same time.
	 * @param duration the time for each of them
	 */
	public void warmUp(Duration duration) {
		this.runners.forEach(Runner::check);
		Duration slice = duration.dividedBy(WARM_UP_SLICES);
		for (int number = 1; number <= WARM_UP_SLICES; number++) {
			this.progress.accept("%s: warm-up %d of %d".formatted(this.work, number, WARM_UP_SLICES));
			this.runners.forEach((runner) -> runner.warmUp(slice));
		}
		this.runners.forEach(Runner::settle);
	}

	/**
	 * Measures contenders that are warm.
	 * @param rotations how often each is measured
	 * @param operations how many operations a measurement has
	 * @return the samples of all contenders
	 */
	public Result measure(int rotations, int operations) {
		Map<String, List<Sample>> samples = new LinkedHashMap<>();
		for (int rotation = 0; rotation < rotations; rotation++) {
			this.progress.accept("%s: rotation %d of %d".formatted(this.work, rotation + 1, rotations));
			for (int turn = 0; turn < this.runners.size(); turn++) {
				Runner runner = this.runners.get((rotation + turn) % this.runners.size());
				samples.computeIfAbsent(runner.name(), (name) -> new ArrayList<>()).add(runner.measure(operations));
			}
		}
		return new Result(this.work, samples);
	}

}
