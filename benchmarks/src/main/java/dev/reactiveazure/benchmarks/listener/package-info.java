/**
 * What the listener container achieves as a whole: throughput, slots, latency.
 */
@NullMarked
package dev.reactiveazure.benchmarks.listener;

import org.jspecify.annotations.NullMarked;
