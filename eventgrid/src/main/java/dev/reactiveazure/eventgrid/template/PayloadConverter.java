package dev.reactiveazure.eventgrid.template;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.eventgrid.EventData;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Gives the data of an event as what a handler wants.
 * <p>
 * Thread-safe.
 */
public final class PayloadConverter {

	/** Made for the first payload, for it makes the mapper anew. */
	private final SingletonSupplier<PayloadReader> reader;

	/**
	 * Create a converter.
	 * @param mapper reads data that is JSON
	 */
	public PayloadConverter(JsonMapper mapper) {
		Assert.notNull(mapper, "The mapper must not be null");
		this.reader = SingletonSupplier.of(() -> new PayloadReader(mapper));
	}

	/**
	 * Convert the data of an event.
	 * @param event the event
	 * @param target the class to convert to
	 * @param <T> its type
	 * @return the data
	 * @throws EventConversionException as by {@link #convert(CloudEvent, ResolvableType)}
	 */
	public <T> T convert(CloudEvent event, Class<T> target) {
		return convert(event, (Type) target);
	}

	/**
	 * Convert the data of an event.
	 * @param event the event
	 * @param target what to convert to. {@link CloudEvent} gives the event itself,
	 * {@link CloudEventData} its data as it is, {@code byte[]} the data's bytes. A
	 * {@code String} is the content of a JSON string, the text of any other JSON, or the
	 * bytes as UTF-8. Anything else is read as JSON
	 * @param <T> its type
	 * @return the data
	 * @throws EventConversionException if there is no data or it is no such value; names
	 * the event, never the data
	 */
	public <T> T convert(CloudEvent event, ResolvableType target) {
		return convert(event, target.getType());
	}

	@SuppressWarnings("unchecked") // each branch returns an instance of the target
	private <T> T convert(CloudEvent event, Type target) {
		if (target == CloudEvent.class) {
			return (T) event;
		}
		CloudEventData data = event.getData();
		if (data == null) {
			throw EventConversionException.reading(event, target, "it has no data");
		}
		if (target == CloudEventData.class || target == data.getClass()) {
			return (T) data;
		}
		if (target == byte[].class) {
			return (T) data.toBytes();
		}
		if (target == String.class && !isJsonString(data)) {
			return (T) new String(data.toBytes(), StandardCharsets.UTF_8);
		}
		return (T) fromJson(event, data, target);
	}

	private static boolean isJsonString(CloudEventData data) {
		byte[] bytes = data.toBytes();
		return data instanceof EventData known && known.kind() == EventData.Kind.JSON && bytes[0] == '"';
	}

	private Object fromJson(CloudEvent event, CloudEventData data, Type target) {
		@Nullable Object value;
		try {
			value = this.reader.obtain().read(data.toBytes(), target);
		}
		catch (JacksonException ex) {
			throw EventConversionException.reading(event, target, FastJson.describe(ex));
		}
		if (value == null) {
			throw EventConversionException.reading(event, target, "its data is null");
		}
		return value;
	}

}
