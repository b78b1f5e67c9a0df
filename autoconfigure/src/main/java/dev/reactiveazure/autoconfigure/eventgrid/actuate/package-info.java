/**
 * Health and management of Event Grid's listeners.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import org.jspecify.annotations.NullMarked;
