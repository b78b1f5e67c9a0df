package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.AzureServiceException;
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

	private static final KeyValue SYSTEM = KeyValue.of("db.system.name", "azure.tables");

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
		return KeyValues.of(SYSTEM, KeyValue.of("db.operation.name", context.operation()),
				KeyValue.of("db.collection.name", context.resource()),
				KeyValue.of("server.address", context.endpoint().host()),
				KeyValue.of("http.response.status_code", status(context)),
				KeyValue.of("error.type", errorType(context.getError())),
				KeyValue.of("azure.tables.plan", plan(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(AzureOperationContext context) {
		return KeyValues.of(KeyValue.of("server.port", Integer.toString(context.endpoint().port())),
				KeyValue.of("azure.service.request.id", orNone(context.requestId())),
				KeyValue.of("azure.attempts", Integer.toString(context.attempts())));
	}

	/**
	 * Return how the service finds what a call is for. A call on one entity says no plan,
	 * for it names the key.
	 */
	private static String plan(AzureOperationContext context) {
		String plan = context.plan();
		return (plan != null) ? plan : context.operation().equals("get") ? "point" : NONE;
	}

	private static String status(AzureOperationContext context) {
		return (context.status() > 0) ? Integer.toString(context.status()) : NONE;
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
