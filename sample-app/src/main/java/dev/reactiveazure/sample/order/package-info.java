/**
 * Orders: their table, their events, and the listener that bills them.
 */
@NullMarked
package dev.reactiveazure.sample.order;

import org.jspecify.annotations.NullMarked;
