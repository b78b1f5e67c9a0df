package dev.reactiveazure.benchmarks.measure;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;

/**
 * Observation as an application with metrics has it.
 */
public final class Observations {

	private Observations() {
	}

	/**
	 * A registry with the handler that Spring Boot registers where there is a meter
	 * registry and no tracing.
	 * @return a new registry, which keeps its meters in memory
	 */
	public static ObservationRegistry metered() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(new SimpleMeterRegistry()));
		return registry;
	}

}
