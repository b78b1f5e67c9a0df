package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;

/**
 * A lock that a receiver holds.
 *
 * @param lockToken the token the receiver settles with
 * @param eventId the attribute {@code id} of the locked event
 * @param deliveryCount the delivery count the receiver was told, 1 or more
 * @param lockedAt when the receive locked the event; renewals don't move it
 * @param lockedUntil when the lock ends unless settled or renewed
 */
public record OpenLock(String lockToken, String eventId, int deliveryCount, Instant lockedAt, Instant lockedUntil) {

}
