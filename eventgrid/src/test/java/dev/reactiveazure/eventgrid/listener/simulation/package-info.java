/**
 * Listeners that live through simulated hours, over real HTTP.
 */
@NullMarked
package dev.reactiveazure.eventgrid.listener.simulation;

import org.jspecify.annotations.NullMarked;
