package dev.reactiveazure.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.measure.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param works the names of the works, all if none is given
 * @param contenders the names of the contenders, all if none is given
 * @param plan how long and how often to measure
 * @param quick whether the warm-up is too short for figures to be quoted
 * @param pin whether stub and harness get a core each
 * @param output where the JSON goes
 * @param stub the address of a stub that runs already
 */
record Options(List<String> works, List<String> contenders, Plan plan, boolean quick, boolean pin, Path output,
		@Nullable URI stub) {

	static final List<String> WORKS = List.of("insert", "get", "query", "query-mixed", "transaction", "publish1",
			"publish10", "publish100", "receive", "listener");

	static final String USAGE = """
			Usage: java -jar benchmarks/target/benchmarks.jar [work ...] [option ...]
			  work                 insert, get, query, query-mixed, transaction, publish1, publish10, publish100,
			                       receive, listener; all if none is given
			  --contenders=A,B     client, typed, template, listener, webclient, microsoft, limit; all if not given
			  --quick              3 s of warm-up, 5 rotations of 4000: to see that it works, not to quote
			  --warm-up=SECONDS    warm-up of each contender at each work, default 30
			  --rotations=N        default 11
			  --operations=N       operations a measurement has, default 20000
			  --concurrency=N      operations in flight, default 50
			  --pin                after the warm-up, stub and harness on a core each (needs taskset)
			  --output=FILE        JSON, default benchmarks.json beside the jar
			""";

	static Options parse(List<String> args, Path defaultOutput) {
		boolean quick = args.contains("--quick");
		List<String> works = new ArrayList<>();
		List<String> contenders = List.of();
		long warmUp = quick ? 3 : 30;
		int rotations = quick ? 5 : 11;
		int operations = quick ? 4000 : 20000;
		int concurrency = 50;
		boolean pin = false;
		Path output = defaultOutput;
		URI stub = null;

		for (String arg : args) {
			int equals = arg.indexOf('=');
			String name = (equals < 0) ? arg : arg.substring(0, equals);
			String value = arg.substring(equals + 1);
			switch (name) {
				case "--quick" -> {
				}
				case "--contenders" -> contenders = List.of(value.split(","));
				case "--warm-up" -> warmUp = number(arg, value);
				case "--rotations" -> rotations = number(arg, value);
				case "--operations" -> operations = number(arg, value);
				case "--concurrency" -> concurrency = number(arg, value);
				case "--pin" -> pin = true;
				case "--output" -> output = Path.of(value);
				case "--stub" -> stub = URI.create(value);
				default -> works.add(work(arg));
			}
		}
		Plan plan = new Plan(Duration.ofSeconds(warmUp), rotations, operations, concurrency);
		return new Options(works.isEmpty() ? WORKS : List.copyOf(works), contenders, plan, quick, pin, output, stub);
	}

	private static int number(String arg, String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + arg + "' needs a whole number", ex);
		}
	}

	private static String work(String arg) {
		if (!WORKS.contains(arg)) {
			throw new IllegalArgumentException("'" + arg + "' is neither a work " + WORKS + " nor an option");
		}
		return arg;
	}

}
