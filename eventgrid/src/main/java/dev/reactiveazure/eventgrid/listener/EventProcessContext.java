package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.core.ObservedKeys;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import io.cloudevents.CloudEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/**
 * Describes one handling to observations: of one event or, by a listener that takes
 * several at once, of a batch. The trace of a single event goes on from its
 * {@code traceparent} and {@code tracestate}; a batch has no one parent, and begins a
 * trace that may be linked to those of its {@link #events()}.
 */
public final class EventProcessContext extends ReceiverContext<List<CloudEvent>> {

	private final String listenerId;

	private final String topic;

	private final String subscription;

	private final List<ReceivedEvent> received;

	private final AtomicInteger inFlight;

	private final ObservedKeys lowCardinality = new ObservedKeys();

	private final ObservedKeys highCardinality = new ObservedKeys();

	private volatile @Nullable EventOutcome outcome;

	private volatile boolean mixed;

	@SuppressWarnings("NullAway") // Micrometer takes null for a missing header
	EventProcessContext(String listenerId, String topic, String subscription, List<ReceivedEvent> received) {
		super(EventProcessContext::extension, Kind.CONSUMER);
		this.listenerId = listenerId;
		this.topic = topic;
		this.subscription = subscription;
		this.received = List.copyOf(received);
		this.inFlight = new AtomicInteger(received.size());
		setCarrier(valid(received));
	}

	private static List<CloudEvent> valid(List<ReceivedEvent> received) {
		List<CloudEvent> events = new ArrayList<>(received.size());
		for (ReceivedEvent event : received) {
			if (event instanceof ReceivedEvent.Valid valid) {
				events.add(valid.event());
			}
		}
		return List.copyOf(events);
	}

	private static @Nullable String extension(List<CloudEvent> events, String name) {
		if (events.size() != 1) {
			return null;
		}
		CloudEvent event = events.get(0);
		Object value = event.getExtensionNames().contains(name) ? event.getExtension(name) : null;
		return (value != null) ? value.toString() : null;
	}

	/**
	 * Note how one of the events ended.
	 * @return whether it was the last
	 */
	boolean ended(EventOutcome how) {
		EventOutcome before = this.outcome;
		if (before != null && before != how) {
			this.mixed = true;
		}
		this.outcome = how;
		return this.inFlight.decrementAndGet() == 0;
	}

	public String listenerId() {
		return this.listenerId;
	}

	public String topic() {
		return this.topic;
	}

	public String subscription() {
		return this.subscription;
	}

	/**
	 * Return the events, without those that are malformed.
	 * @return one event, or those of a batch
	 */
	public List<CloudEvent> events() {
		List<CloudEvent> events = getCarrier();
		return (events != null) ? events : List.of();
	}

	/**
	 * Return what was received, malformed events included.
	 * @return one delivery, or those of a batch
	 */
	public List<ReceivedEvent> received() {
		return this.received;
	}

	/**
	 * Return how the deliveries ended.
	 * @return the outcome of the single event, or of all events of a batch; {@code null}
	 * before that is known, and where those of a batch ended differently
	 */
	public @Nullable EventOutcome outcome() {
		return (this.mixed || this.inFlight.get() > 0) ? null : this.outcome;
	}

	/**
	 * Return whether the events of a batch ended differently.
	 * @return {@code false} for a single event
	 */
	public boolean isMixed() {
		return this.mixed;
	}

	// == Key values ==

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.lowCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		this.lowCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String keyName) {
		this.lowCardinality.remove(keyName);
		return this;
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return this.lowCardinality.get(key);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.lowCardinality.all();
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		this.highCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		this.highCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String keyName) {
		this.highCardinality.remove(keyName);
		return this;
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return this.highCardinality.get(key);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.highCardinality.all();
	}

}
