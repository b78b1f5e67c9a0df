package dev.reactiveazure.benchmarks.growth;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * What the process has spent so far. A thread that ends meanwhile is missed; no work here
 * ends threads.
 *
 * @param cpuMicros CPU time of the process, in microseconds
 * @param bytes bytes allocated by the threads that live
 */
record Spent(double cpuMicros, double bytes) {

	static Spent soFar() {
		OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long bytes = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
			.filter((b) -> b > 0)
			.sum();
		return new Spent(process.getProcessCpuTime() / 1e3, bytes);
	}

	/**
	 * Return what a task spends.
	 * @param operations how many operations it does; the result is that of one
	 */
	static Spent by(double operations, Runnable task) {
		Spent before = soFar();
		task.run();
		Spent after = soFar();
		return new Spent((after.cpuMicros - before.cpuMicros) / operations, (after.bytes - before.bytes) / operations);
	}

}
