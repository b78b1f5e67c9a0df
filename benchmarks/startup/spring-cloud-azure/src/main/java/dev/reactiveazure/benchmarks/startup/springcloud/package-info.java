/**
 * An application whose start is measured.
 */
@NullMarked
package dev.reactiveazure.benchmarks.startup.springcloud;

import org.jspecify.annotations.NullMarked;
