package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.pipeline.KeyTemplate;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * How calls to Event Grid are observed: names {@code azure.eventgrid.publish},
 * {@code .receive} and {@code .settle}, keys after OpenTelemetry's conventions for
 * messaging. Each key is always present, with the value {@code none} where nothing is
 * known.
 * <p>
 * Low cardinality: {@code messaging.system} ({@code eventgrid}),
 * {@code messaging.operation.name} ({@code publish}, {@code receive},
 * {@code acknowledge}, {@code release}, {@code reject}, {@code renew}),
 * {@code messaging.operation.type} ({@code send}, {@code receive}, {@code settle}),
 * {@code messaging.destination.name} (the topic),
 * {@code messaging.destination.subscription.name}, {@code server.address},
 * {@code http.response.status_code}, {@code error.type} (the service's code, otherwise
 * the exception's simple name). High cardinality: {@code azure.service.request.id},
 * {@code http.request.resend_count}.
 * <p>
 * Extend it to add keys, and give the extension to the client's builder.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/">Semantic
 * conventions for messaging</a>
 */
public class EventGridObservationConvention implements ObservationConvention<AzureOperationContext> {

	private static final String NONE = KeyValue.NONE_VALUE;

	private final KeyTemplate lowCardinality = KeyTemplate.of("messaging.system", "messaging.operation.type",
			"messaging.operation.name", "messaging.destination.name", "messaging.destination.subscription.name",
			"server.address", "http.response.status_code", "error.type");

	private final String name;

	private final String operationType;

	/**
	 * Create a convention.
	 * @param name the observations' name
	 * @param operationType the value of {@code messaging.operation.type}
	 */
	protected EventGridObservationConvention(String name, String operationType) {
		this.name = name;
		this.operationType = operationType;
	}

	/**
	 * Return the convention for publishing.
	 * @return a convention with the name {@code azure.eventgrid.publish}
	 */
	public static EventGridObservationConvention publish() {
		return new EventGridObservationConvention("azure.eventgrid.publish", "send");
	}

	/**
	 * Return the convention for receiving.
	 * @return a convention with the name {@code azure.eventgrid.receive}
	 */
	public static EventGridObservationConvention receive() {
		return new EventGridObservationConvention("azure.eventgrid.receive", "receive");
	}

	/**
	 * Return the convention for acknowledging, releasing, rejecting and renewing.
	 * @return a convention with the name {@code azure.eventgrid.settle}
	 */
	public static EventGridObservationConvention settle() {
		return new EventGridObservationConvention("azure.eventgrid.settle", "settle");
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String getContextualName(AzureOperationContext context) {
		return context.operation() + " " + topic(context.resource());
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof AzureOperationContext;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AzureOperationContext context) {
		return this.lowCardinality.with("eventgrid", this.operationType, context.operation(), topic(context.resource()),
				subscription(context.resource()), context.endpoint().host(), context.statusText(), errorType(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AzureOperationContext context) {
		String requestId = context.requestId();
		return KeyValues.of(KeyValue.of("azure.service.request.id", (requestId != null) ? requestId : NONE),
				KeyValue.of("http.request.resend_count", Integer.toString(Math.max(0, context.attempts() - 1))));
	}

	private static String topic(String resource) {
		int slash = resource.indexOf('/');
		return (slash == -1) ? resource : resource.substring(0, slash);
	}

	private static String subscription(String resource) {
		int slash = resource.indexOf('/');
		return (slash == -1) ? NONE : resource.substring(slash + 1);
	}

	private static String errorType(AzureOperationContext context) {
		@Nullable Throwable error = context.getError();
		if (error == null) {
			return NONE;
		}
		if (error instanceof AzureServiceException && context.errorCode() != null) {
			return context.errorCode();
		}
		return error.getClass().getSimpleName();
	}

}
