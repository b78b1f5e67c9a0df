package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;
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
 * @param metrics keep count of what containers do
 * @param timing time and chance
 * @param interceptors look at each event, the outermost first
 */
record ContainerServices(ErrorHandling errors, SettlementListener settlementListener, HandlerExecutorFactory executors,
		ObservationRegistry observationRegistry, ObservationConvention<EventProcessContext> observationConvention,
		ApplicationEventPublisher events, ListenerMetrics metrics, Timing timing, List<EventInterceptor> interceptors) {

	ContainerServices(ErrorHandling errors, SettlementListener settlementListener, HandlerExecutorFactory executors,
			ObservationRegistry observationRegistry, ObservationConvention<EventProcessContext> observationConvention,
			ApplicationEventPublisher events, ListenerMetrics metrics, Timing timing) {
		this(errors, settlementListener, executors, observationRegistry, observationConvention, events, metrics, timing,
				List.of());
	}

	/**
	 * Return these services with the ends of deliveries counted.
	 */
	ContainerServices counting(ListenerMetrics.Recorder recorder) {
		SettlementListener counted = new CountedSettlements(this.settlementListener, recorder);
		return new ContainerServices(this.errors, counted, this.executors, this.observationRegistry,
				this.observationConvention, this.events, this.metrics, this.timing, this.interceptors);
	}

	/**
	 * Return whether a user is told how deliveries end.
	 */
	boolean tellsUser() {
		SettlementListener told = (this.settlementListener instanceof CountedSettlements counted) ? counted.listener
				: this.settlementListener;
		return told != NoSettlementListener.INSTANCE;
	}

	private record CountedSettlements(SettlementListener listener,
			ListenerMetrics.Recorder recorder) implements SettlementListener {

		@Override
		public void ended(ReceivedEvent event, EventOutcome outcome) {
			try {
				this.recorder.ended(outcome);
			}
			finally {
				this.listener.ended(event, outcome);
			}
		}

		@Override
		public void failed(ReceivedEvent event, Disposition attempted, String code) {
			this.listener.failed(event, attempted, code);
		}

	}

}
