package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

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

	private static final Log logger = LogFactory.getLog(ProcessObservations.class);

	/**
	 * Begin to observe the handling of one event, or of several as one batch.
	 */
	HandlingObservation start(List<ReceivedEvent> events) {
		if (this.registry.isNoop()) {
			return HandlingObservation.NONE;
		}
		EventProcessContext context = new EventProcessContext(this.listenerId, this.topic, this.subscription, events);
		try {
			return new HandlingObservation(start(context), context);
		}
		catch (RuntimeException ex) {
			logger.warn("An observation of listener '" + this.listenerId + "' could not begin", ex);
			return HandlingObservation.NONE;
		}
	}

	/**
	 * The trace is the event's, or a new one: never that of the handler before, on whose
	 * thread this one may begin.
	 */
	private Observation start(EventProcessContext context) {
		Observation observation = Observation.createNotStarted(null, this.convention, () -> context, this.registry)
			.parentObservation(null);
		if (this.registry.getCurrentObservation() == null) {
			return observation.start();
		}
		Observation.Scope nothing = new NullObservation(this.registry).openScope();
		try {
			return observation.start();
		}
		finally {
			nothing.close();
		}
	}

}
