/**
 * The Event Grid part of the emulator: topics, subscriptions with locks and delivery
 * counts, pull delivery over HTTP, the publish endpoint of the Basic tier, and books that
 * tests can ask. Users meet
 * {@link dev.reactiveazure.emulator.eventgrid.EventGridEmulator}, its settings and its
 * books.
 */
@NullMarked
package dev.reactiveazure.emulator.eventgrid;

import org.jspecify.annotations.NullMarked;
