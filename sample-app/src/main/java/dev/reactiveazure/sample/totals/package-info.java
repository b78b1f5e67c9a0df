/**
 * What each customer ordered in all, each order counted once.
 */
@NullMarked
package dev.reactiveazure.sample.totals;

import org.jspecify.annotations.NullMarked;
