package dev.reactiveazure.benchmarks.growth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.JavaProcess;
import dev.reactiveazure.benchmarks.growth.Curve.Line;
import dev.reactiveazure.benchmarks.growth.Curve.Point;
import dev.reactiveazure.benchmarks.growth.TotalRows.Length;
import dev.reactiveazure.benchmarks.stub.StubServer;
import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableOperations;
import dev.reactiveazure.tables.template.TableTemplate;
import org.reactivestreams.Publisher;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures how the cost of a request grows with its rows or events, and how cost and
 * memory grow with the length of a table, against the stub in a process of its own;
 * prints tables, and writes the figures as JSON beside the jar and as plots into the
 * documentation.
 */
public final class Growth {

	private static final List<String> STUB_JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");

	private static final List<Integer> ROWS = List.of(1, 3, 10, 30, 100, 300, 1000);

	private static final List<Integer> EVENTS = List.of(1, 3, 10, 30, 100);

	private Growth() {
	}

	/**
	 * Measures.
	 * @param args {@code --quick} for a run that only shows that it works, and the
	 * directory of the plots, by default {@code docs/performance} of the repository
	 * @throws IOException if the figures can't be written
	 */
	public static void main(String[] args) throws IOException {
		List<String> arguments = List.of(args);
		boolean quick = arguments.contains("--quick");
		Path build = build();
		Path plots = arguments.stream()
			.filter((argument) -> !argument.startsWith("--"))
			.map(Path::of)
			.findFirst()
			.orElse(build.resolve("../../docs/performance").normalize());
		try (JavaProcess stub = JavaProcess.piped(STUB_JVM, StubServer.class, List.of())) {
			URI address = URI.create(stub.awaitLine(StubServer.ADDRESS));
			Figures figures = quick ? measure(address, new Requests(Duration.ofMillis(500), 3, 20_000), 100_000)
					: measure(address, new Requests(Duration.ofSeconds(6), 7, 200_000), 10_000_000);
			JsonMapper.shared()
				.writerWithDefaultPrettyPrinter()
				.writeValue(build.resolve("growth.json").toFile(), figures);
			draw(figures, plots);
			System.out.println();
			System.out.println("Written to " + build.resolve("growth.json") + " and " + plots);
		}
		System.exit(0);
	}

	private static Figures measure(URI stub, Requests requests, long mostRows) {
		try (TableServiceClient tables = TableServiceClient.builder()
			.endpoint(stub.resolve("/devstoreaccount1").toString())
			.credential(new AzureCredential.SharedKey("devstoreaccount1", "c2VjcmV0"))
			.build(); Events events = new Events(stub)) {
			TableTemplate template = new TableTemplate(tables, new TableMappingContext());
			Curve query = printed(requests.measure("query, rows a page", "row", ROWS, rowsOf(template, "uniform1")));
			Curve mixed = printed(
					requests.measure("query, mixed rows a page", "row", ROWS, rowsOf(template, "mixed1")));
			Curve publish = printed(requests.measure("publish, events a request", "event", EVENTS, events::publish));
			Curve receive = printed(
					requests.measure("receive and acknowledge, events a request", "event", EVENTS, events::receive));
			List<Length> lengths = new TotalRows(template).measure(mostRows, requests.rows());
			TotalRows.print(lengths);
			return new Figures(query, mixed, publish, receive, lengths);
		}
	}

	private static IntFunction<Publisher<?>> rowsOf(TableTemplate template, String table) {
		TableOperations rows = template.inTable(table);
		return (size) -> rows.find(Query.all().allowTableScan().pageSize(size), Order.class);
	}

	private static Curve printed(Curve curve) {
		curve.print();
		return curve;
	}

	private static void draw(Figures figures, Path directory) throws IOException {
		Files.createDirectories(directory);
		Curve query = figures.query();
		Curve mixed = figures.queryMixed();
		Curve publish = figures.publish();
		Curve receive = figures.receive();
		write(directory, "rows-a-page-cpu.svg", requests("CPU of a query by the rows of its page", "rows a page",
				"µs a request", Point::cpuMicros, query, mixed));
		write(directory, "rows-a-page-bytes.svg", requests("Memory allocated by a query, by the rows of its page",
				"rows a page", "bytes a request", Point::bytes, query, mixed));
		write(directory, "events-a-request-cpu.svg", requests("CPU of a request by its events", "events a request",
				"µs a request", Point::cpuMicros, publish, receive));
		write(directory, "events-a-request-bytes.svg", requests("Memory allocated by a request, by its events",
				"events a request", "bytes a request", Point::bytes, publish, receive));
		List<Length> lengths = figures.lengths();
		write(directory, "total-rows-cpu.svg",
				Plot.linear("CPU of a row by the length of the table", "rows in total", "µs a row")
					.line("template, into records", rows(lengths), all(lengths, Length::cpuMicros)));
		write(directory, "total-rows-heap.svg",
				Plot.linear("Live heap while a table is read", "rows in total", "MB after a collection, the most")
					.line("template, row by row", rows(lengths), all(lengths, Length::liveMegabytes)));
	}

	private static Plot requests(String title, String x, String y, ToDoubleFunction<Point> cost, Curve first,
			Curve second) {
		Plot plot = Plot.logarithmic(title, x, y);
		for (Curve curve : List.of(first, second)) {
			plot.line(curve.name().replaceAll(",? (rows|events) a (page|request)$", ""), sizes(curve),
					all(curve.points(), cost));
		}
		Line line = first.fit(cost);
		return plot.dashed("fixed + constant each", sizes(first),
				IntStream.range(0, first.points().size())
					.mapToDouble((i) -> line.at(first.points().get(i).size()))
					.toArray());
	}

	private static double[] sizes(Curve curve) {
		return all(curve.points(), Point::size);
	}

	private static double[] rows(List<Length> lengths) {
		return all(lengths, Length::rows);
	}

	private static <T> double[] all(List<T> values, ToDoubleFunction<T> figure) {
		return values.stream().mapToDouble(figure).toArray();
	}

	private static void write(Path directory, String name, Plot plot) throws IOException {
		Files.writeString(directory.resolve(name), plot.toSvg());
	}

	private static Path build() {
		Path jar = Path.of(URI.create(Growth.class.getProtectionDomain().getCodeSource().getLocation().toString()));
		Path parent = jar.getParent();
		return (parent != null) ? parent : jar;
	}

	/**
	 * All that was measured.
	 *
	 * @param query pages of uniform rows
	 * @param queryMixed pages of rows of mixed shape
	 * @param publish events published
	 * @param receive events received and acknowledged
	 * @param lengths tables of different lengths
	 */
	record Figures(Curve query, Curve queryMixed, Curve publish, Curve receive, List<Length> lengths) {

	}

}
