package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An event that the Basic endpoint accepted.
 *
 * @param schema what it was taken for, never {@link BasicSchema#ANY}
 * @param event the event as it was sent, JSON
 * @param channel the partner channel it was sent to, null if the request named none
 * @param acceptedAt when it was accepted
 */
public record BasicEvent(BasicSchema schema, String event, @Nullable String channel, Instant acceptedAt) {

}
