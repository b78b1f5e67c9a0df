/**
 * Methods of beans as handlers of events: found by their annotation, called with the
 * arguments that they ask for, their results turned into decisions and replies.
 */
@NullMarked
package dev.reactiveazure.eventgrid.listener.method;

import org.jspecify.annotations.NullMarked;
