package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.OpenPollOnStop;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of Azure Event Grid: of the default connection, by name of others, of the
 * template and of listeners.
 */
@ConfigurationProperties("azure.eventgrid")
public class EventGridProperties extends EventGridConnectionProperties {

	/**
	 * Further connections by name, each with the properties of the default one. Their
	 * beans are injected with @Qualifier and that name, which listeners give as their
	 * connection.
	 */
	private final Map<String, EventGridConnectionProperties> connections = new LinkedHashMap<>();

	private final Template template = new Template();

	private final Listener listener = new Listener();

	public Map<String, EventGridConnectionProperties> getConnections() {
		return this.connections;
	}

	public Template getTemplate() {
		return this.template;
	}

	public Listener getListener() {
		return this.listener;
	}

	/**
	 * Properties of the template.
	 */
	public static class Template {

		/**
		 * Source of published events, a URI reference such as '/shop'. Falls back to a
		 * slash and spring.application.name, then to '/application'.
		 */
		private @Nullable String source;

		public @Nullable String getSource() {
			return this.source;
		}

		public void setSource(@Nullable String source) {
			this.source = source;
		}

	}

	/**
	 * Properties of listener containers.
	 */
	public static class Listener {

		/**
		 * Handlers of one listener that run at a time at most.
		 */
		private int concurrency = 10;

		/**
		 * Events of one listener that may be locked at a time, those that wait for a
		 * handler or for their settlement included. Falls back to twice the concurrency.
		 */
		private @Nullable Integer maxInFlight;

		/**
		 * Receives of one listener that are open at a time at most, under backlog.
		 */
		private int maxPolls = 4;

		/**
		 * Time for which the service holds a receive open while there is no event, 10 to
		 * 120 whole seconds.
		 */
		private Duration maxWait = Duration.ofSeconds(60);

		/**
		 * Lock duration that is configured at the event subscriptions, which the service
		 * does not tell.
		 */
		private Duration lockDuration = Duration.ofSeconds(60);

		/**
		 * Time for which the lock of one event is kept alive while its handler runs. The
		 * service allows one hour.
		 */
		private Duration maxLockDuration = Duration.ofHours(1);

		/**
		 * Time the stop of a container takes at most. Handlers get four fifths of it.
		 */
		private Duration shutdownTimeout = Duration.ofSeconds(20);

		/**
		 * Time a settlement waits for others to share a request with, at most 10
		 * milliseconds.
		 */
		private Duration settlementLinger = Duration.ofMillis(10);

		/**
		 * Settlements that share a request at most, 1 to 100.
		 */
		private int settlementBatch = 100;

		/**
		 * Longest wait after the first failed receive. It doubles with each further one.
		 */
		private Duration minBackoff = Duration.ofSeconds(1);

		/**
		 * Longest wait after any failed receive, unless the service asks for a longer
		 * one.
		 */
		private Duration maxBackoff = Duration.ofSeconds(30);

		/**
		 * Comma-separated list of the times for which an event that could not be handled
		 * stays hidden after its first, second and further deliveries. Each is taken to
		 * the nearest of 0, 10, 60, 600 and 3600 seconds.
		 */
		private List<Duration> releaseDelays = new ArrayList<>(List.of(Duration.ZERO, Duration.ofSeconds(10),
				Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)));

		/**
		 * What becomes of an open receive when its container stops.
		 */
		private OpenPollOnStop openPollOnStop = OpenPollOnStop.CLOSE;

		/**
		 * Whether a running container keeps the virtual machine alive.
		 */
		private boolean keepAlive = true;

		public int getConcurrency() {
			return this.concurrency;
		}

		public void setConcurrency(int concurrency) {
			this.concurrency = concurrency;
		}

		public @Nullable Integer getMaxInFlight() {
			return this.maxInFlight;
		}

		public void setMaxInFlight(@Nullable Integer maxInFlight) {
			this.maxInFlight = maxInFlight;
		}

		public int getMaxPolls() {
			return this.maxPolls;
		}

		public void setMaxPolls(int maxPolls) {
			this.maxPolls = maxPolls;
		}

		public Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(Duration maxWait) {
			this.maxWait = maxWait;
		}

		public Duration getLockDuration() {
			return this.lockDuration;
		}

		public void setLockDuration(Duration lockDuration) {
			this.lockDuration = lockDuration;
		}

		public Duration getMaxLockDuration() {
			return this.maxLockDuration;
		}

		public void setMaxLockDuration(Duration maxLockDuration) {
			this.maxLockDuration = maxLockDuration;
		}

		public Duration getShutdownTimeout() {
			return this.shutdownTimeout;
		}

		public void setShutdownTimeout(Duration shutdownTimeout) {
			this.shutdownTimeout = shutdownTimeout;
		}

		public Duration getSettlementLinger() {
			return this.settlementLinger;
		}

		public void setSettlementLinger(Duration settlementLinger) {
			this.settlementLinger = settlementLinger;
		}

		public int getSettlementBatch() {
			return this.settlementBatch;
		}

		public void setSettlementBatch(int settlementBatch) {
			this.settlementBatch = settlementBatch;
		}

		public Duration getMinBackoff() {
			return this.minBackoff;
		}

		public void setMinBackoff(Duration minBackoff) {
			this.minBackoff = minBackoff;
		}

		public Duration getMaxBackoff() {
			return this.maxBackoff;
		}

		public void setMaxBackoff(Duration maxBackoff) {
			this.maxBackoff = maxBackoff;
		}

		public List<Duration> getReleaseDelays() {
			return this.releaseDelays;
		}

		public void setReleaseDelays(List<Duration> releaseDelays) {
			this.releaseDelays = releaseDelays;
		}

		public OpenPollOnStop getOpenPollOnStop() {
			return this.openPollOnStop;
		}

		public void setOpenPollOnStop(OpenPollOnStop openPollOnStop) {
			this.openPollOnStop = openPollOnStop;
		}

		public boolean isKeepAlive() {
			return this.keepAlive;
		}

		public void setKeepAlive(boolean keepAlive) {
			this.keepAlive = keepAlive;
		}

		ContainerOptions toContainerOptions() {
			return InvalidAzurePropertyException.naming("azure.eventgrid.listener.*", () -> ContainerOptions.builder()
				.concurrency(this.concurrency)
				.maxInFlight(this.maxInFlight)
				.receiving((receiving) -> receiving.maxPolls(this.maxPolls)
					.maxWait(this.maxWait)
					.minBackoff(this.minBackoff)
					.maxBackoff(this.maxBackoff))
				.settlement((settlement) -> settlement.linger(this.settlementLinger).batch(this.settlementBatch))
				.locks((locks) -> locks.duration(this.lockDuration).maxDuration(this.maxLockDuration))
				.failures((failures) -> failures.releaseDelays(this.releaseDelays))
				.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(this.shutdownTimeout)
					.openPollOnStop(this.openPollOnStop)
					.keepAlive(this.keepAlive))
				.build());
		}

	}

}
