package dev.reactiveazure.benchmarks.growth;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Flux;

/**
 * Reads tables of different lengths to their end, row by row into records: what a row
 * costs, and what the heap holds meanwhile.
 */
final class TotalRows {

	private static final int PAGE = 1000;

	private static final int COLLECTIONS = 5;

	private final TableTemplate template;

	TotalRows(TableTemplate template) {
		this.template = template;
	}

	/**
	 * Measure tables of 1,000 rows up to the given number, each ten times as long as the
	 * one before.
	 * @param most rows of the longest
	 * @param least so many rows are read at least for each: short tables are read often
	 */
	List<Length> measure(long most, long least) {
		read(least);
		List<Length> lengths = new ArrayList<>();
		for (long rows = PAGE; rows <= most; rows *= 10) {
			lengths.add(measure(rows, (int) Math.max(1, least / rows)));
		}
		return lengths;
	}

	private Length measure(long rows, int times) {
		System.gc();
		Spent row = Spent.by((double) rows * times, () -> {
			for (int i = 0; i < times; i++) {
				read(rows);
			}
		});
		return new Length(rows, row.cpuMicros(), row.bytes(), live(rows));
	}

	private void read(long rows) {
		long found = rows(rows).count().blockOptional().orElse(0L);
		if (found != rows) {
			throw new IllegalStateException("Read " + found + " of " + rows + " rows");
		}
	}

	private Flux<Order> rows(long rows) {
		return this.template.inTable("uniform" + rows / PAGE).find(Query.all().allowTableScan(), Order.class);
	}

	/**
	 * The most that the heap held after a collection while the rows were read.
	 */
	private double live(long rows) {
		AtomicLong read = new AtomicLong();
		AtomicLong most = new AtomicLong();
		long step = Math.max(1, rows / COLLECTIONS);
		rows(rows).doOnNext((row) -> {
			if (read.incrementAndGet() % step == 0) {
				System.gc();
				long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
				most.accumulateAndGet(used, Math::max);
			}
		}).then().block();
		return most.get() / 1e6;
	}

	static void print(List<Length> lengths) {
		System.out.printf("%ntotal rows%n%12s %12s %12s %22s%n", "rows", "CPU us/row", "B/row", "live heap MB, most");
		for (Length length : lengths) {
			System.out.printf(Locale.ROOT, "%,12d %12.3f %,12.0f %22.2f%n", length.rows(), length.cpuMicros(),
					length.bytes(), length.liveMegabytes());
		}
	}

	/**
	 * What a row of a table costs.
	 *
	 * @param rows how many the table has
	 * @param cpuMicros CPU time of the process a row, in microseconds
	 * @param bytes bytes allocated a row
	 * @param liveMegabytes the most that the heap held after a collection, in millions of
	 * bytes
	 */
	record Length(long rows, double cpuMicros, double bytes, double liveMegabytes) {

	}

}
