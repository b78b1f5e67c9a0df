package dev.reactiveazure.core.pipeline;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.ClientSettings;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What a pipeline is made of.
 *
 * @param endpoint where the service is
 * @param connector what sends requests; not owned
 * @param signer what authorises them
 * @param options time-outs, limits, retries
 * @param errorMapper what the service's errors mean
 * @param observationRegistry where calls are observed
 * @param observationConvention names and keys of their observations
 * @param scheduler runs time-outs and waits
 * @param clock tells the time
 * @param random gives jitter: numbers from 0 (inclusive) to 1 (exclusive)
 */
public record PipelineSettings(AzureEndpoint endpoint, ClientHttpConnector connector, RequestSigner signer,
		ClientOptions options, ErrorMapper errorMapper, ObservationRegistry observationRegistry,
		ObservationConvention<AzureOperationContext> observationConvention, Scheduler scheduler, Clock clock,
		DoubleSupplier random) {

	/**
	 * Create settings with the system's clock, scheduler and randomness.
	 */
	public static PipelineSettings of(AzureEndpoint endpoint, ClientHttpConnector connector, RequestSigner signer,
			ClientOptions options, ErrorMapper errorMapper, ObservationRegistry observationRegistry,
			ObservationConvention<AzureOperationContext> observationConvention) {
		return new PipelineSettings(endpoint, connector, signer, options, errorMapper, observationRegistry,
				observationConvention, Schedulers.parallel(), Clock.systemUTC(),
				() -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Create settings of what a client's builder was told.
	 */
	public static PipelineSettings of(ClientSettings client, ClientConnector connector, RequestSigner signer,
			ErrorMapper errorMapper, ObservationConvention<AzureOperationContext> observationConvention) {
		return new PipelineSettings(client.endpoint(), connector.connector(), signer, client.options(), errorMapper,
				client.observationRegistry(), observationConvention, client.scheduler(), client.clock(),
				client.random());
	}

	public PipelineSettings withTime(Scheduler scheduler, Clock clock) {
		return new PipelineSettings(this.endpoint, this.connector, this.signer, this.options, this.errorMapper,
				this.observationRegistry, this.observationConvention, scheduler, clock, this.random);
	}

	public PipelineSettings withEndpoint(AzureEndpoint endpoint) {
		return new PipelineSettings(endpoint, this.connector, this.signer, this.options, this.errorMapper,
				this.observationRegistry, this.observationConvention, this.scheduler, this.clock, this.random);
	}

	public PipelineSettings withConnector(ClientHttpConnector connector) {
		return new PipelineSettings(this.endpoint, connector, this.signer, this.options, this.errorMapper,
				this.observationRegistry, this.observationConvention, this.scheduler, this.clock, this.random);
	}

}
