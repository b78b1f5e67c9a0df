package dev.reactiveazure.benchmarks.startup;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.reactiveazure.benchmarks.startup.Application.Start;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the applications of {@code benchmarks/startup} by turns, each as often as it is
 * told (an argument, 9 by default) after one start that does not count, and prints what
 * each costs over the one that has the web starter alone. What is left of each is the
 * median of the differences within a turn.
 */
public final class StartUp {

	private static final int STARTS = 9;

	private StartUp() {
	}

	/**
	 * Measures and prints.
	 * @param args how many starts, and where the applications were built, if not in the
	 * repository the jar was built in
	 * @throws IOException if an application can't be started or read
	 */
	public static void main(String[] args) throws IOException {
		int starts = (args.length > 0) ? Integer.parseInt(args[0]) : STARTS;
		Path build = build();
		List<Application> applications = Application.all((args.length > 1) ? Path.of(args[1]) : startup(build));
		Map<Application, List<Start>> measured = measure(applications, starts);
		List<Row> rows = applications.stream()
			.map((application) -> Row.of(application, measured, applications.get(0)))
			.toList();
		print(rows, starts);
		Path output = build.resolve("startup.json");
		JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValue(output.toFile(), rows);
		System.out.println("Written to " + output);
	}

	private static Map<Application, List<Start>> measure(List<Application> applications, int starts)
			throws IOException {
		Map<Application, List<Start>> measured = new LinkedHashMap<>();
		for (Application application : applications) {
			application.start();
			measured.put(application, new ArrayList<>());
		}
		for (int turn = 0; turn < starts; turn++) {
			for (int i = 0; i < applications.size(); i++) {
				Application application = applications.get((turn + i) % applications.size());
				measured.getOrDefault(application, new ArrayList<>()).add(application.start());
			}
			System.err.println("Turn " + (turn + 1) + " of " + starts);
		}
		return measured;
	}

	private static void print(List<Row> rows, int starts) {
		System.out.printf("Median of %d starts by turns; + is over the first row%n%n", starts);
		System.out.printf("%-20s %5s %4s %7s %7s %8s %12s %7s %7s %8s %6s %8s%n", "application", "jars", "+", "MB", "+",
				"ready ms", "range", "+", "CPU ms", "+", "RSS MB", "classes");
		for (Row row : rows) {
			System.out.printf(Locale.ROOT,
					"%-20s %5d %+4d %7.2f %+7.2f %8.0f %5.0f-%-6.0f %+7.0f %7.0f %+8.0f %6.0f %8d%n", row.application(),
					row.jars(), row.moreJars(), row.megabytes(), row.moreMegabytes(), row.readyMillis(),
					row.fastestMillis(), row.slowestMillis(), row.moreReadyMillis(), row.cpuMillis(),
					row.moreCpuMillis(), row.residentMegabytes(), row.classes());
		}
		System.out.println();
	}

	private static Path build() {
		Path jar = Path.of(URI.create(StartUp.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		Path parent = jar.getParent();
		return (parent != null) ? parent : jar;
	}

	private static Path startup(Path build) {
		Path startup = build.resolveSibling("startup");
		if (!Files.isDirectory(startup.resolve("webflux/target/lib"))) {
			throw new IllegalStateException("The applications are not built: mvn -Pstartup, as the README says");
		}
		return startup;
	}

	/**
	 * What is known of one application.
	 */
	record Row(String application, int jars, int moreJars, double megabytes, double moreMegabytes, double readyMillis,
			double fastestMillis, double slowestMillis, double moreReadyMillis, double cpuMillis, double moreCpuMillis,
			double residentMegabytes, int classes) {

		static Row of(Application application, Map<Application, List<Start>> measured, Application base) {
			List<Start> starts = measured.getOrDefault(application, List.of());
			List<Start> bare = measured.getOrDefault(base, List.of());
			double[] ready = sorted(starts, Start::readyMillis);
			return new Row(application.name(), application.jars(), application.jars() - base.jars(),
					application.megabytes(), application.megabytes() - base.megabytes(), median(ready), ready[0],
					ready[ready.length - 1], median(differences(starts, bare, Start::readyMillis)),
					median(sorted(starts, Start::cpuMillis)), median(differences(starts, bare, Start::cpuMillis)),
					median(sorted(starts, Start::residentMegabytes)), application.classes());
		}

		private static double[] sorted(List<Start> starts, ToDoubleFunction<Start> figure) {
			return starts.stream().mapToDouble(figure).sorted().toArray();
		}

		private static double[] differences(List<Start> starts, List<Start> bare, ToDoubleFunction<Start> figure) {
			double[] differences = new double[starts.size()];
			Arrays.setAll(differences,
					(turn) -> figure.applyAsDouble(starts.get(turn)) - figure.applyAsDouble(bare.get(turn)));
			Arrays.sort(differences);
			return differences;
		}

		private static double median(double[] sorted) {
			int middle = sorted.length / 2;
			return (sorted.length % 2 != 0) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		}

	}

}
