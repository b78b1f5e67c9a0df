package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.eventgrid.listener.AckMode;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.OnAuthFailure;
import dev.reactiveazure.eventgrid.listener.OpenPollOnStop;
import dev.reactiveazure.eventgrid.listener.StartupPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of listener containers.
 */
public class EventGridListenerProperties {

	/**
	 * Handlers of one listener that run at a time at most.
	 */
	private int concurrency = 10;

	/**
	 * Events of one listener that may be locked at a time, those that wait for a handler
	 * or for their settlement included. Falls back to twice the concurrency.
	 */
	private @Nullable Integer maxInFlight;

	/**
	 * Events that a receive asks for at most, 1 to 100. A batch handler gets no more of
	 * them in one call.
	 */
	private int maxEvents = 100;

	/**
	 * Receives of one listener that are open at a time at most, under backlog.
	 */
	private int maxPolls = 4;

	/**
	 * Time for which the service holds a receive open while there is no event, 10 to 120
	 * whole seconds.
	 */
	private Duration maxWait = Duration.ofSeconds(60);

	/**
	 * Whether events are received while the settlements of others are on their way.
	 */
	private boolean pollAhead;

	/**
	 * What becomes of a container that may not receive.
	 */
	private OnAuthFailure onAuthFailure = OnAuthFailure.RETRY;

	/**
	 * Lock duration that is configured at the event subscriptions, which the service does
	 * not tell.
	 */
	private Duration lockDuration = Duration.ofSeconds(60);

	/**
	 * Time for which the lock of one event is kept alive while its handler runs. The
	 * service allows one hour.
	 */
	private Duration maxLockDuration = Duration.ofHours(1);

	/**
	 * Whether a handler whose event has lost its lock is cancelled, or its thread
	 * interrupted.
	 */
	private boolean cancelOnLockLoss = true;

	/**
	 * Time the stop of a container takes at most. Handlers get four fifths of it.
	 */
	private Duration shutdownTimeout = Duration.ofSeconds(20);

	/**
	 * Time for which events that wait for a handler stay locked when the container is
	 * paused.
	 */
	private Duration pauseGrace = Duration.ofSeconds(5);

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
	 * Who settles what was handled without an error.
	 */
	private AckMode ackMode = AckMode.AUTO;

	/**
	 * Longest wait after the first failed receive. It doubles with each further one.
	 */
	private Duration minBackoff = Duration.ofSeconds(1);

	/**
	 * Longest wait after any failed receive, unless the service asks for a longer one.
	 */
	private Duration maxBackoff = Duration.ofSeconds(30);

	/**
	 * Comma-separated list of the times for which an event that could not be handled
	 * stays hidden after its first, second and further deliveries. Each is taken to the
	 * nearest of 0, 10, 60, 600 and 3600 seconds.
	 */
	private List<Duration> releaseDelays = new ArrayList<>(List.of(Duration.ZERO, Duration.ofSeconds(10),
			Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)));

	/**
	 * Deliveries after which the subscription gives an event up, as configured there,
	 * which the service does not tell.
	 */
	private int maxDeliveries = 10;

	/**
	 * Whether the subscription has a dead-letter destination, which the service does not
	 * tell. Only where it has one, events that can't be handled at all are rejected.
	 */
	private boolean deadLettered;

	/**
	 * Events in a row that can't be handled at all after which the listener pauses; 0 for
	 * never.
	 */
	private int maxFatalInARow = 10;

	/**
	 * What becomes of an open receive when its container stops.
	 */
	private OpenPollOnStop openPollOnStop = OpenPollOnStop.CLOSE;

	/**
	 * Whether a running container keeps the virtual machine alive.
	 */
	private boolean keepAlive = true;

	/**
	 * Phase in which containers start and stop, among other beans with a lifecycle.
	 */
	private int phase = EventGridListenerContainer.PHASE;

	/**
	 * What becomes of the application when a container can't receive at its start.
	 */
	private StartupPolicy onStartupFailure = StartupPolicy.RETRY;

	@NestedConfigurationProperty
	private final EventGridGateProperties gate = new EventGridGateProperties();

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

	public int getMaxEvents() {
		return this.maxEvents;
	}

	public void setMaxEvents(int maxEvents) {
		this.maxEvents = maxEvents;
	}

	public AckMode getAckMode() {
		return this.ackMode;
	}

	public void setAckMode(AckMode ackMode) {
		this.ackMode = ackMode;
	}

	public boolean isCancelOnLockLoss() {
		return this.cancelOnLockLoss;
	}

	public void setCancelOnLockLoss(boolean cancelOnLockLoss) {
		this.cancelOnLockLoss = cancelOnLockLoss;
	}

	public int getMaxDeliveries() {
		return this.maxDeliveries;
	}

	public void setMaxDeliveries(int maxDeliveries) {
		this.maxDeliveries = maxDeliveries;
	}

	public boolean isDeadLettered() {
		return this.deadLettered;
	}

	public void setDeadLettered(boolean deadLettered) {
		this.deadLettered = deadLettered;
	}

	public int getMaxFatalInARow() {
		return this.maxFatalInARow;
	}

	public void setMaxFatalInARow(int maxFatalInARow) {
		this.maxFatalInARow = maxFatalInARow;
	}

	public Duration getPauseGrace() {
		return this.pauseGrace;
	}

	public void setPauseGrace(Duration pauseGrace) {
		this.pauseGrace = pauseGrace;
	}

	public boolean isPollAhead() {
		return this.pollAhead;
	}

	public void setPollAhead(boolean pollAhead) {
		this.pollAhead = pollAhead;
	}

	public OnAuthFailure getOnAuthFailure() {
		return this.onAuthFailure;
	}

	public void setOnAuthFailure(OnAuthFailure onAuthFailure) {
		this.onAuthFailure = onAuthFailure;
	}

	public int getPhase() {
		return this.phase;
	}

	public void setPhase(int phase) {
		this.phase = phase;
	}

	public StartupPolicy getOnStartupFailure() {
		return this.onStartupFailure;
	}

	public void setOnStartupFailure(StartupPolicy onStartupFailure) {
		this.onStartupFailure = onStartupFailure;
	}

	public EventGridGateProperties getGate() {
		return this.gate;
	}

}
