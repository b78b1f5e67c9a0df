/**
 * Failures on purpose, to see that nothing gets lost.
 */
@NullMarked
package dev.reactiveazure.sample.failure;

import org.jspecify.annotations.NullMarked;
