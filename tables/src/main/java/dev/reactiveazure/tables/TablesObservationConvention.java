package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureOperationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of calls to the Table service. Extend
 * {@link DefaultTablesObservationConvention} to add keys.
 */
public interface TablesObservationConvention extends ObservationConvention<AzureOperationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof AzureOperationContext;
	}

}
