/**
 * The slice of an application that works with Event Grid, for users' tests.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.eventgrid.test;

import org.jspecify.annotations.NullMarked;
