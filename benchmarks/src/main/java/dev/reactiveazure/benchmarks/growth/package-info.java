/**
 * How cost and memory grow with the number of rows and events.
 */
@NullMarked
package dev.reactiveazure.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
