/**
 * Auto-configuration of Azure Event Grid and its listeners.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.eventgrid;

import org.jspecify.annotations.NullMarked;
