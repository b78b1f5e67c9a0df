package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Observes one listener's handler, at no cost where nobody looks.
 *
 * @param registry where handling is observed
 * @param convention names and keys
 * @param listenerId the listener's id
 * @param topic its topic
 * @param subscription its subscription
 */
record ProcessObservations(ObservationRegistry registry, ObservationConvention<EventProcessContext> convention,
		String listenerId, String topic, String subscription) {

	/** Where Micrometer looks for the current observation in a Reactor context. */
	static final String CONTEXT_KEY = "micrometer.observation";

	@Nullable Observation start(ReceivedEvent.Valid event) {
		if (this.registry.isNoop()) {
			return null;
		}
		EventProcessContext context = new EventProcessContext(this.listenerId, this.topic, this.subscription,
				event.event(), event.deliveryCount());
		return Observation.createNotStarted(null, this.convention, () -> context, this.registry).start();
	}

	Context context(@Nullable Observation observation) {
		return (observation != null) ? Context.of(CONTEXT_KEY, observation) : Context.empty();
	}

}
