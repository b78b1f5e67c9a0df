/**
 * The orders of this instance as they move, for browsers.
 */
@NullMarked
package dev.reactiveazure.sample.live;

import org.jspecify.annotations.NullMarked;
