/**
 * An application whose start is measured.
 */
@NullMarked
package dev.reactiveazure.benchmarks.startup.webflux;

import org.jspecify.annotations.NullMarked;
