package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.pipeline.KeyTemplate;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Observations named {@code azure.tables.operation}, with the keys of OpenTelemetry's
 * conventions for database calls, each of them always: {@code none} stands for what is
 * not known.
 * <p>
 * No key of an entity, filter or signature is among them. Of low cardinality are
 * {@code db.system.name}, {@code db.operation.name}, {@code db.collection.name},
 * {@code server.address}, {@code http.response.status_code}, {@code error.type},
 * {@code azure.tables.plan}, which is the name of a
 * {@link dev.reactiveazure.tables.query.QueryAccess} in small letters; the others are of
 * high cardinality.
 */
public class DefaultTablesObservationConvention implements TablesObservationConvention {

	private static final String NONE = "none";

	private final KeyTemplate lowCardinality = KeyTemplate.of("db.system.name", "db.operation.name",
			"db.collection.name", "server.address", "http.response.status_code", "error.type", "azure.tables.plan");

	@Override
	public String getName() {
		return "azure.tables.operation";
	}

	@Override
	public String getContextualName(AzureOperationContext context) {
		return context.operation() + " " + context.resource();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(AzureOperationContext context) {
		return this.lowCardinality.with("azure.tables", context.operation(), context.resource(),
				context.endpoint().host(), context.statusText(), errorType(context.getError()), plan(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AzureOperationContext context) {
		// In the order of the keys, or they would be sorted each time.
		return KeyValues.of(KeyValue.of("azure.attempts", Integer.toString(context.attempts())),
				KeyValue.of("azure.service.request.id", orNone(context.requestId())),
				KeyValue.of("server.port", Integer.toString(context.endpoint().port())));
	}

	/**
	 * Return how the service finds what a call is for. A call on one entity says no plan,
	 * for it names the key.
	 */
	private static String plan(AzureOperationContext context) {
		String plan = context.plan();
		return (plan != null) ? plan : context.operation().equals("get") ? "point" : NONE;
	}

	private static String errorType(@Nullable Throwable error) {
		if (error instanceof AzureServiceException refused && refused.error().code() != null) {
			return refused.error().code();
		}
		return (error != null) ? error.getClass().getSimpleName() : NONE;
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : NONE;
	}

}
