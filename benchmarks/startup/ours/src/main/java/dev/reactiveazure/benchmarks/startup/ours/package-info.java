/**
 * An application whose start is measured.
 */
@NullMarked
package dev.reactiveazure.benchmarks.startup.ours;

import org.jspecify.annotations.NullMarked;
