/**
 * The works on Table storage, and the clients that compete at them.
 */
@NullMarked
package dev.reactiveazure.benchmarks.tables;

import org.jspecify.annotations.NullMarked;
