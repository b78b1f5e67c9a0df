/**
 * The command line of the benchmarks: starts the stub server and the measured JVM, and
 * reports.
 */
@NullMarked
package dev.reactiveazure.benchmarks;

import org.jspecify.annotations.NullMarked;
