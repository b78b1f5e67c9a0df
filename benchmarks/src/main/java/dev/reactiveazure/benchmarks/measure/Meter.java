package dev.reactiveazure.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Reads what the process has spent so far.
 * <p>
 * CPU time is that of the whole process and moves in steps of 10 ms on Linux with JDK 17,
 * so a measurement should take half a second or more. Allocation is that of the threads
 * alive at the end; a thread that ended meanwhile is missed, and no contender ends
 * threads while it works.
 */
final class Meter {

	private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/**
	 * Measures some operations.
	 * @param operations how many operations the task does
	 * @param task does them all before it returns, and tells how long each took
	 */
	Sample measure(int operations, Timed task) {
		Latencies latencies = new Latencies(operations);
		Map<Long, Long> bytesBefore = allocated();
		long cpuBefore = this.process.getProcessCpuTime();
		long wallBefore = System.nanoTime();

		task.run(latencies);

		long wall = System.nanoTime() - wallBefore;
		long cpu = this.process.getProcessCpuTime() - cpuBefore;
		long bytes = difference(bytesBefore, allocated());
		return new Sample(cpu / 1e3 / operations, (double) bytes / operations, wall / 1e3 / operations,
				latencies.micros(0.5), latencies.micros(0.99));
	}

	private Map<Long, Long> allocated() {
		long[] ids = this.threads.getAllThreadIds();
		long[] bytes = this.threads.getThreadAllocatedBytes(ids);
		Map<Long, Long> allocated = new HashMap<>();
		for (int thread = 0; thread < ids.length; thread++) {
			allocated.put(ids[thread], Math.max(0, bytes[thread]));
		}
		return allocated;
	}

	private static long difference(Map<Long, Long> before, Map<Long, Long> after) {
		return after.entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	/**
	 * Some operations, each timed.
	 */
	@FunctionalInterface
	interface Timed {

		void run(Latencies latencies);

	}

}
