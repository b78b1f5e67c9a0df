/**
 * The works on Event Grid, and the clients that compete at them.
 */
@NullMarked
package dev.reactiveazure.benchmarks.eventgrid;

import org.jspecify.annotations.NullMarked;
