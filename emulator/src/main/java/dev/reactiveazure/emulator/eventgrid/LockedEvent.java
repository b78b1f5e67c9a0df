package dev.reactiveazure.emulator.eventgrid;

/**
 * An event as a receive hands it out.
 *
 * @param lockToken the fresh lock token
 * @param deliveryCount 1 for the first delivery
 * @param event the event
 */
record LockedEvent(String lockToken, int deliveryCount, StoredEvent event) {

}
