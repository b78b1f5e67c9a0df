package dev.reactiveazure.core;

import java.time.Clock;
import java.util.function.DoubleSupplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What a {@link ClientBuilder} was told, as far as all clients have it in common.
 *
 * @param endpoint where the service is
 * @param credential what proves who is calling
 * @param apiVersion the version of the protocol
 * @param audience what tokens of Microsoft Entra ID are asked for; {@code null} for what
 * the service and its address tell
 * @param options time-outs, limits, retries
 * @param connector what sends requests, not owned; {@code null} for a pool of the
 * client's own
 * @param poolOptions limits of the client's own pool
 * @param observationRegistry where calls are observed
 * @param scheduler runs time-outs and waits; not owned
 * @param clock tells the time
 * @param random gives jitter: numbers from 0 (inclusive) to 1 (exclusive)
 */
public record ClientSettings(AzureEndpoint endpoint, AzureCredential credential, String apiVersion,
		@Nullable String audience, ClientOptions options, @Nullable ClientHttpConnector connector,
		PoolOptions poolOptions, ObservationRegistry observationRegistry, Scheduler scheduler, Clock clock,
		DoubleSupplier random) {
}
