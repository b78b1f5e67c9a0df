package dev.reactiveazure.eventgrid.listener;

import java.util.List;

import dev.reactiveazure.core.pipeline.KeyTemplate;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.cloudevents.CloudEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * Names and keys of the observation {@code azure.eventgrid.process}, after
 * OpenTelemetry's conventions for messaging. Each key is always present, {@code none}
 * where there is no value, for single events and batches alike.
 * <p>
 * Low cardinality: {@code messaging.system} ({@code eventgrid}),
 * {@code messaging.operation.name} and {@code messaging.operation.type}
 * ({@code process}), {@code messaging.destination.name} (the topic),
 * {@code messaging.destination.subscription.name}, {@code azure.eventgrid.listener.id},
 * {@code azure.eventgrid.outcome} (an {@link EventOutcome} in lower case, {@code mixed}
 * where the events of a batch ended differently), {@code error.type} (the class of what
 * the handler failed with). High cardinality: {@code cloudevents.event_id},
 * {@code cloudevents.event_type} and {@code messaging.eventgrid.delivery_count} of a
 * single event, {@code messaging.batch.message_count}.
 * <p>
 * Extend it and give it to the container factory to change them.
 */
public class EventProcessObservationConvention implements ObservationConvention<EventProcessContext> {

	private static final String NONE = KeyValue.NONE_VALUE;

	private final KeyTemplate lowCardinality = KeyTemplate.of("messaging.system", "messaging.operation.name",
			"messaging.operation.type", "messaging.destination.name", "messaging.destination.subscription.name",
			"azure.eventgrid.listener.id", "azure.eventgrid.outcome", "error.type");

	@Override
	public String getName() {
		return "azure.eventgrid.process";
	}

	@Override
	public String getContextualName(EventProcessContext context) {
		return "process " + context.topic();
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof EventProcessContext;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(EventProcessContext context) {
		Throwable error = context.getError();
		return this.lowCardinality.with("eventgrid", "process", "process", context.topic(), context.subscription(),
				context.listenerId(), outcome(context), (error != null) ? error.getClass().getName() : NONE);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(EventProcessContext context) {
		CloudEvent event = single(context.events());
		ReceivedEvent received = single(context.received());
		return KeyValues.of(KeyValue.of("cloudevents.event_id", (event != null) ? event.getId() : NONE),
				KeyValue.of("cloudevents.event_type", (event != null) ? event.getType() : NONE),
				KeyValue.of("messaging.eventgrid.delivery_count",
						(received != null) ? Integer.toString(received.deliveryCount()) : NONE),
				KeyValue.of("messaging.batch.message_count", Integer.toString(context.received().size())));
	}

	private static String outcome(EventProcessContext context) {
		if (context.isMixed()) {
			return "mixed";
		}
		EventOutcome outcome = context.outcome();
		return (outcome != null) ? outcome.label() : NONE;
	}

	private static <T> @Nullable T single(List<T> values) {
		return (values.size() == 1) ? values.get(0) : null;
	}

}
