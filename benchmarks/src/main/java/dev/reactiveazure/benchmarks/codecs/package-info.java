/**
 * What the hot parts cost by themselves, each beside a plain implementation.
 */
@NullMarked
package dev.reactiveazure.benchmarks.codecs;

import org.jspecify.annotations.NullMarked;
