package dev.reactiveazure.benchmarks.measure;

/**
 * What one operation cost on average in one rotation.
 *
 * @param cpuMicros CPU time of the process, including its compiler and garbage collector,
 * in microseconds
 * @param bytes bytes allocated on the heap by all threads
 * @param wallMicros elapsed time divided by the number of operations, in microseconds
 */
public record Sample(double cpuMicros, double bytes, double wallMicros) {

}
