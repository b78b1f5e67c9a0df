package dev.reactiveazure.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.benchmarks.measure.Plan;
import dev.reactiveazure.benchmarks.worker.Catalogue;

/**
 * What the command line asks for.
 *
 * @param works the names of the works
 * @param contenders the names of the contenders, all if none is given
 * @param plan how long and how often to measure
 * @param quick whether the warm-up is too short for figures to be quoted
 * @param tls whether TLS is spoken
 * @param pin whether stub and contenders get a core each
 * @param jfr whether the contenders are recorded
 * @param check whether a required figure that is missed makes the command fail
 * @param output where the JSON goes
 */
record Options(List<String> works, List<String> contenders, Plan plan, boolean quick, boolean tls, boolean pin,
		boolean jfr, boolean check, Path output) {

	static final List<String> ONE_JVM_WORKS = List.of("insert" + RacePlan.ONE_JVM, "get" + RacePlan.ONE_JVM);

	static final List<String> WORKS = allWorks();

	static final List<String> TLS_WORKS = List.of("insert", "query", "receive");

	static final String USAGE = """
			Usage: java -jar benchmarks/target/benchmarks.jar [work ...] [option ...]
			  work                 %s;
			                       all if none is given, with --tls %s
			  --contenders=A,B     client, typed, template, observed, listener, listener-observed, webclient,
			                       microsoft, limit, client-prepared, microsoft-prepared; all if not given
			  --tls                over TLS, each contender with the JDK's provider and with netty-tcnative
			  --quick              3 s of warm-up, 3 rotations of 4000: to see that it works, not to quote
			  --warm-up=SECONDS    warm-up of each contender at each work, default 30
			  --rotations=N        default 7
			  --operations=N       operations a measurement has, default 20000
			  --concurrency=N      operations in flight, default 50
			  --pin                after the warm-up, stub and contender on a core each (needs taskset)
			  --check              exit code 1 if a required figure is missed
			  --jfr                a flight recording of each contender beside the JSON
			  --output=FILE        JSON, default benchmarks.json beside the jar
			""".formatted(String.join(", ", WORKS), String.join(", ", TLS_WORKS));

	private static List<String> allWorks() {
		List<String> works = new ArrayList<>(ONE_JVM_WORKS);
		works.addAll(new Catalogue(URI.create("http://127.0.0.1")).names());
		return List.copyOf(works);
	}

	static Options parse(List<String> args, Path defaultOutput) {
		boolean quick = args.contains("--quick");
		boolean tls = args.contains("--tls");
		List<String> works = new ArrayList<>();
		List<String> contenders = List.of();
		long warmUp = quick ? 3 : 30;
		int rotations = quick ? 3 : 7;
		int operations = quick ? 4000 : 20000;
		int concurrency = 50;
		Path output = defaultOutput;

		for (String arg : args) {
			int equals = arg.indexOf('=');
			String name = (equals < 0) ? arg : arg.substring(0, equals);
			String value = arg.substring(equals + 1);
			switch (name) {
				case "--quick", "--tls", "--pin", "--jfr", "--check" -> {
				}
				case "--contenders" -> contenders = List.of(value.split(","));
				case "--warm-up" -> warmUp = number(arg, value);
				case "--rotations" -> rotations = number(arg, value);
				case "--operations" -> operations = number(arg, value);
				case "--concurrency" -> concurrency = number(arg, value);
				case "--output" -> output = Path.of(value).toAbsolutePath();
				default -> works.add(work(arg));
			}
		}
		Plan plan = new Plan(Duration.ofSeconds(warmUp), rotations, operations, concurrency);
		if (works.isEmpty()) {
			works.addAll(tls ? TLS_WORKS : WORKS);
		}
		return new Options(List.copyOf(works), contenders, plan, quick, tls, args.contains("--pin"),
				args.contains("--jfr"), args.contains("--check"), output);
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
