package dev.reactiveazure.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.reactiveazure.benchmarks.measure.Comparison;
import dev.reactiveazure.benchmarks.measure.Plan;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.worker.Worker;

/**
 * Runs one race: starts its JVMs, warms all of them up, measures them by turns, ends
 * them.
 */
final class RaceTrack {

	private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:ActiveProcessorCount=2");

	private static final int CORE = 0;

	private final Options options;

	private final URI stub;

	private final Consumer<String> progress;

	RaceTrack(Options options, URI stub, Consumer<String> progress) {
		this.options = options;
		this.stub = stub;
		this.progress = progress;
	}

	/**
	 * Run a race.
	 * @throws IllegalStateException if a contender fails
	 */
	Result run(Race race) {
		List<JavaProcess> workers = new ArrayList<>();
		try {
			List<RemoteRunner> runners = new ArrayList<>();
			for (Race.Jvm jvm : race.jvms()) {
				JavaProcess worker = start(race, jvm);
				workers.add(worker);
				jvm.entrants().forEach((entrant) -> runners.add(new RemoteRunner(entrant, worker)));
			}
			return run(race, runners, workers);
		}
		finally {
			workers.forEach(JavaProcess::close);
		}
	}

	/**
	 * Threads are bound only after the warm-up: the compilers need both cores.
	 */
	private Result run(Race race, List<RemoteRunner> runners, List<JavaProcess> workers) {
		Plan plan = this.options.plan();
		Comparison comparison = new Comparison(race.name(), runners, this.progress);
		comparison.warmUp(plan.warmUp());
		if (this.options.pin()) {
			workers.forEach((worker) -> Cores.pin(worker.pid(), CORE));
		}
		return comparison.measure(plan.rotations(), race.work().operations(plan.operations()));
	}

	private JavaProcess start(Race race, Race.Jvm jvm) {
		List<String> args = new ArrayList<>(JVM);
		args.addAll(jvm.args());
		if (this.options.jfr()) {
			Path recording = this.options.output().resolveSibling(race.name() + "-" + jvm.name() + ".jfr");
			args.add("-XX:StartFlightRecording=settings=profile,filename=" + recording);
		}
		return JavaProcess.piped(args, Worker.class,
				List.of(race.work().name(), this.stub.toString(), Integer.toString(this.options.plan().concurrency())));
	}

}
