package dev.reactiveazure.eventgrid.listener;

import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.context.ApplicationEventPublisher;

/**
 * What all containers of a factory share.
 *
 * @param errors what users say about events that could not be handled
 * @param settlementListener is told how deliveries ended
 * @param executors make the threads of blocking handlers
 * @param observationRegistry where handling is observed
 * @param observationConvention names and keys of these observations
 * @param events where is published what happens to containers
 * @param timing time and chance
 */
record ContainerServices(ErrorHandling errors, SettlementListener settlementListener, HandlerExecutorFactory executors,
		ObservationRegistry observationRegistry, ObservationConvention<EventProcessContext> observationConvention,
		ApplicationEventPublisher events, Timing timing) {

}
