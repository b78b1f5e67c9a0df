package dev.reactiveazure.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.reactiveazure.benchmarks.eventgrid.EventGridWorks;
import dev.reactiveazure.benchmarks.measure.Comparison;
import dev.reactiveazure.benchmarks.measure.Report;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.tables.TablesWorks;

/**
 * The measured JVM: runs the works against a stub that listens already.
 */
final class Harness {

	private static final int CORE = 0;

	private Harness() {
	}

	/**
	 * Measures and reports. {@link Benchmarks} starts it.
	 */
	public static void main(String[] args) throws IOException {
		Options options = Options.parse(List.of(args), Benchmarks.DEFAULT_OUTPUT);
		Map<String, String> environment = Environment.describe(Benchmarks.DIRECTORY);
		System.err.println(environment);

		List<Result> results = measure(options);

		Report report = new Report(environment, options.plan(), results);
		Files.writeString(options.output(), report.toJson());
		System.out.println();
		System.out.print(report.toMarkdown());
		System.out.println();
		if (options.quick()) {
			System.out.println("QUICK RUN: the warm-up was too short, these figures must not be quoted.");
		}
		System.out.println("JSON: " + options.output());
		// The clients' threads are daemons or not as their authors liked.
		System.exit(0);
	}

	/**
	 * All works are warmed up before the first is measured, because threads can be pinned
	 * only once, and never while the compilers need both cores.
	 */
	private static List<Result> measure(Options options) {
		List<Work> works = works(options);
		Comparison comparison = new Comparison(options.plan(), System.err::println);
		works.forEach(comparison::warmUp);
		if (options.pin()) {
			Cores.pin(ManagementFactory.getRuntimeMXBean().getPid(), CORE);
		}
		List<Result> results = new ArrayList<>();
		works.forEach((work) -> results.add(comparison.measure(work)));
		return results;
	}

	private static List<Work> works(Options options) {
		URI stub = Objects.requireNonNull(options.stub(), "The harness needs --stub=ADDRESS");
		TablesWorks tables = new TablesWorks(stub);
		EventGridWorks events = new EventGridWorks(stub);
		List<Work> works = new ArrayList<>();
		for (String name : options.works()) {
			Work work = switch (name) {
				case "insert" -> tables.insert();
				case "get" -> tables.get();
				case "query" -> tables.query();
				case "query-mixed" -> tables.queryMixed();
				case "transaction" -> tables.transaction();
				case "publish1" -> events.publish(1);
				case "publish10" -> events.publish(10);
				case "publish100" -> events.publish(100);
				case "receive" -> events.receive();
				case "listener" -> events.listener();
				default -> throw new IllegalArgumentException("Unknown work '" + name + "'");
			};
			works.add(options.contenders().isEmpty() ? work : work.only(options.contenders()));
		}
		return works;
	}

}
