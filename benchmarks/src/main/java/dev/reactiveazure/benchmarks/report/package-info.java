/**
 * Says what was measured, and how it compares with what is wanted.
 */
@NullMarked
package dev.reactiveazure.benchmarks.report;

import org.jspecify.annotations.NullMarked;
