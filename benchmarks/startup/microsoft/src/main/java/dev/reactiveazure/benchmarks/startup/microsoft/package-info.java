/**
 * An application whose start is measured.
 */
@NullMarked
package dev.reactiveazure.benchmarks.startup.microsoft;

import org.jspecify.annotations.NullMarked;
