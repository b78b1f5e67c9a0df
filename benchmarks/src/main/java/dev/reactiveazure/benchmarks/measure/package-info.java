/**
 * Compares contenders at the same work in rotation: equal warm-up, then CPU time,
 * allocated bytes and latency per operation, and the ratios within a rotation.
 */
@NullMarked
package dev.reactiveazure.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
