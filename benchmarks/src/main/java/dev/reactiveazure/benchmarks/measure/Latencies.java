package dev.reactiveazure.benchmarks.measure;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * How long single operations took. Its memory is allocated before the first of them, so
 * that recording costs no bytes. Safe for any number of threads.
 */
public final class Latencies {

	private final long[] nanos;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Create an empty record.
	 * @param capacity how many operations it has room for; later ones are not recorded
	 */
	public Latencies(int capacity) {
		this.nanos = new long[capacity];
	}

	void record(long nanos) {
		int index = this.count.getAndIncrement();
		if (index < this.nanos.length) {
			this.nanos[index] = nanos;
		}
	}

	/**
	 * How many operations were recorded.
	 */
	int count() {
		return Math.min(this.count.get(), this.nanos.length);
	}

	/**
	 * The latency that the given share of the operations did not exceed.
	 * @param share from 0 to 1
	 * @return microseconds, or {@code null} if no operation was recorded
	 */
	@Nullable Double micros(double share) {
		int recorded = count();
		if (recorded == 0) {
			return null;
		}
		long[] sorted = Arrays.copyOf(this.nanos, recorded);
		Arrays.sort(sorted);
		int rank = (int) Math.ceil(share * recorded);
		return sorted[Math.max(0, rank - 1)] / 1e3;
	}

}
