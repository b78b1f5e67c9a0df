package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;

/**
 * A delivery that could not be handled.
 *
 * @param listenerId the id of the listener
 * @param topic the topic that the event came from
 * @param subscription the subscription that it came through
 * @param event the event
 * @param error why it could not be handled
 * @param kind whether another delivery could help
 */
public record FailedDelivery(String listenerId, String topic, String subscription, ReceivedEvent event, Throwable error,
		ErrorKind kind) {

}
