package dev.reactiveazure.eventgrid.listener;

import io.cloudevents.CloudEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation {@code azure.eventgrid.process}, after
 * OpenTelemetry's conventions for messaging. Each key is always present, {@code none}
 * where there is no value. Extend it and give it to the container factory to change them.
 */
public class EventProcessObservationConvention implements ObservationConvention<EventProcessContext> {

	private static final KeyValue SYSTEM = KeyValue.of("messaging.system", "eventgrid");

	private static final KeyValue OPERATION_NAME = KeyValue.of("messaging.operation.name", "process");

	private static final KeyValue OPERATION_TYPE = KeyValue.of("messaging.operation.type", "process");

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
		return KeyValues.of(SYSTEM, OPERATION_NAME, OPERATION_TYPE,
				KeyValue.of("messaging.destination.name", context.topic()),
				KeyValue.of("messaging.destination.subscription.name", context.subscription()),
				KeyValue.of("azure.eventgrid.listener.id", context.listenerId()),
				KeyValue.of("error.type", (error != null) ? error.getClass().getName() : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(EventProcessContext context) {
		CloudEvent event = context.getCarrier();
		return KeyValues.of(KeyValue.of("cloudevents.event_id", (event != null) ? event.getId() : "none"),
				KeyValue.of("cloudevents.event_type", (event != null) ? event.getType() : "none"),
				KeyValue.of("messaging.eventgrid.delivery_count", Integer.toString(context.deliveryCount())));
	}

}
