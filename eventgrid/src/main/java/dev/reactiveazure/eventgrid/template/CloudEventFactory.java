package dev.reactiveazure.eventgrid.template;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventDataWriter;
import dev.reactiveazure.eventgrid.EventIds;
import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes CloudEvents of objects: their data is the object as JSON, and what the caller
 * does not say comes from here.
 * <p>
 * Immutable and thread-safe.
 */
public final class CloudEventFactory {

	private static final String JSON = "application/json";

	/** Made for the first payload, for it makes the mapper anew. */
	private final SingletonSupplier<EventDataWriter> data;

	private final URI source;

	private final EventTypeMapping types;

	private final Clock clock;

	private final Supplier<String> ids;

	/**
	 * Create a factory that gives {@link EventIds} and reads the system's clock.
	 * @param mapper writes the data
	 * @param source the {@code source} of events: a URI reference, such as {@code /shop},
	 * not empty
	 */
	public CloudEventFactory(JsonMapper mapper, URI source) {
		this(mapper, source, EventTypeMapping.annotatedOrQualifiedName(), Clock.systemUTC(), new EventIds());
	}

	/**
	 * Create a factory.
	 * @param mapper writes the data
	 * @param source the {@code source} of events, not empty
	 * @param types gives the {@code type} of events, and the {@code source} and
	 * {@code subject} of some
	 * @param clock gives their {@code time}, cut to the microsecond
	 * @param ids gives their {@code id}, another one each time, such as {@link EventIds}
	 */
	public CloudEventFactory(JsonMapper mapper, URI source, EventTypeMapping types, Clock clock, Supplier<String> ids) {
		Assert.hasLength(source.toString(), "The source of events must not be empty");
		Assert.notNull(mapper, "The mapper must not be null");
		this.data = SingletonSupplier.of(() -> new EventDataWriter(mapper));
		this.source = source;
		this.types = types;
		this.clock = clock;
		this.ids = ids;
	}

	/**
	 * Make an event.
	 * @param payload the data: an object that the mapper writes as JSON. An
	 * {@link EventData} is taken as it is, bytes become {@code data_base64}, and a
	 * {@link CloudEvent} is returned as it is
	 * @return an event with a new id and the current time
	 * @throws EventConversionException if the mapper can't write the payload
	 */
	public CloudEvent create(Object payload) {
		return (payload instanceof CloudEvent event) ? event : create(EventAttributes.NONE, payload);
	}

	/**
	 * Make an event with what is given, and defaults for what is not.
	 */
	CloudEvent create(EventAttributes given, Object payload) {
		String type = type(given, payload);
		String id = id(given);
		return event(id, type, given, payload, now(), data(payload, type, id));
	}

	/**
	 * Make an event whose data is written when it is published.
	 * @param now its time, unless another is given
	 */
	CloudEvent deferred(EventAttributes given, Object payload, Instant now) {
		String type = type(given, payload);
		return event(id(given), type, given, payload, now, deferredData(payload));
	}

	/**
	 * Make an event with defaults whose data is written when it is published; a
	 * {@link CloudEvent} is returned as it is.
	 */
	CloudEvent deferred(Object payload, Instant now) {
		return (payload instanceof CloudEvent event) ? event : deferred(EventAttributes.NONE, payload, now);
	}

	/**
	 * Return the current time to the microsecond, which Event Grid keeps.
	 */
	Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private GridEvent event(String id, String type, EventAttributes given, Object payload, Instant now,
			CloudEventData data) {
		GridEvent.Builder event = GridEvent.builder(id, source(given, payload), type)
			.subject((given.subject() != null) ? given.subject() : this.types.subjectOf(payload))
			.dataSchema(given.dataSchema())
			.time((given.time() != null) ? given.time() : now);
		if (!given.extensions().isEmpty()) {
			// To find an empty map empty takes forEach 100 B.
			given.extensions().forEach(event::extension);
		}
		return event.data(contentType(data), data).build();
	}

	private String id(EventAttributes given) {
		return (given.id() != null) ? given.id() : this.ids.get();
	}

	private String type(EventAttributes given, Object payload) {
		Assert.isTrue(!(payload instanceof CloudEvent), "A CloudEvent has attributes of its own: publish it as it is");
		return (given.type() != null) ? given.type() : this.types.typeOf(payload.getClass());
	}

	private URI source(EventAttributes given, Object payload) {
		if (given.source() != null) {
			return given.source();
		}
		URI ofType = this.types.sourceOf(payload.getClass());
		return (ofType != null) ? ofType : this.source;
	}

	private static @Nullable String contentType(CloudEventData data) {
		return (data instanceof EventData known && known.kind() != EventData.Kind.JSON) ? null : JSON;
	}

	private CloudEventData deferredData(Object payload) {
		EventData known = known(payload);
		return (known != null) ? known : this.data.obtain().deferred(payload);
	}

	private EventData data(Object payload, String type, String id) {
		EventData known = known(payload);
		if (known != null) {
			return known;
		}
		try {
			return this.data.obtain().write(payload);
		}
		catch (JacksonException ex) {
			throw EventConversionException.writing(payload.getClass(), type, id, ex);
		}
	}

	/**
	 * Return a payload that is data already.
	 */
	private static @Nullable EventData known(Object payload) {
		if (payload instanceof EventData data) {
			return data;
		}
		return (payload instanceof byte[] bytes) ? EventData.bytes(bytes) : null;
	}

}
