package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;

import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event in the JSON format of CloudEvents 1.0, and refuses one that breaks
 * their rules: the service would refuse its whole batch.
 */
final class CloudEventWriter {

	private static final JsonWriter.Name SPECVERSION = JsonWriter.Name.of("specversion");

	private static final JsonWriter.Name ID = JsonWriter.Name.of("id");

	private static final JsonWriter.Name SOURCE = JsonWriter.Name.of("source");

	private static final JsonWriter.Name TYPE = JsonWriter.Name.of("type");

	private static final JsonWriter.Name SUBJECT = JsonWriter.Name.of("subject");

	private static final JsonWriter.Name TIME = JsonWriter.Name.of("time");

	private static final JsonWriter.Name DATACONTENTTYPE = JsonWriter.Name.of("datacontenttype");

	private static final JsonWriter.Name DATASCHEMA = JsonWriter.Name.of("dataschema");

	private static final JsonWriter.Name DATA = JsonWriter.Name.of("data");

	private static final JsonWriter.Name DATA_BASE64 = JsonWriter.Name.of("data_base64");

	private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");

	private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

	private CloudEventWriter() {
	}

	/**
	 * Write an event.
	 * @param trace the trace to add to it; {@code null} for none
	 * @param texts what other events have, too
	 */
	static void write(CloudEvent event, @Nullable TraceMembers trace, RepeatedTexts texts, JsonWriter out) {
		try {
			writeChecked(event, trace, texts, out);
		}
		catch (UnwritableDataException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(CloudEventSchema.name(event) + ": " + ex.getMessage(), ex);
		}
	}

	private static void writeChecked(CloudEvent event, @Nullable TraceMembers trace, RepeatedTexts texts,
			JsonWriter out) {
		EventAttributes.requireVersion(event);
		out.beginObject().name(SPECVERSION).plainText("1.0");
		text(ID, "id", EventAttributes.present("id", event.getId()), out);
		texts.write("source", EventAttributes.present("source", text(event.getSource())), out.name(SOURCE));
		texts.write("type", EventAttributes.present("type", event.getType()), out.name(TYPE));
		String subject = event.getSubject();
		if (subject != null) {
			text(SUBJECT, "subject", EventAttributes.notEmpty("subject", subject), out);
		}
		Instant time = time(event);
		if (time != null) {
			time(time, out.name(TIME));
		}
		repeated(DATACONTENTTYPE, "datacontenttype", event.getDataContentType(), texts, out);
		repeated(DATASCHEMA, "dataschema", text(event.getDataSchema()), texts, out);
		Set<String> extensions = event.getExtensionNames();
		if (!extensions.isEmpty()) {
			// To find an empty set empty takes an iterator 56 B.
			extensions.forEach((name) -> extension(name, event.getExtension(name), out));
		}
		if (trace != null) {
			trace.write(out);
		}
		data(event, out);
		out.endObject();
	}

	private static @Nullable String text(@Nullable URI uri) {
		return (uri != null) ? uri.toString() : null;
	}

	private static void text(JsonWriter.Name name, String label, String value, JsonWriter out) {
		if (!out.name(name).plainValue(value)) {
			EventAttributes.requireText(label, value);
			out.value(value);
		}
	}

	private static void repeated(JsonWriter.Name name, String label, @Nullable String value, RepeatedTexts texts,
			JsonWriter out) {
		if (value != null) {
			texts.write(label, EventAttributes.notEmpty(label, value), out.name(name));
		}
	}

	private static @Nullable Instant time(CloudEvent event) {
		if (event instanceof GridEvent known) {
			return known.instant();
		}
		OffsetDateTime time = event.getTime();
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * Write a time in UTC, always with seconds, to the nanosecond.
	 */
	private static void time(Instant time, JsonWriter out) {
		if (time.getNano() % 100 == 0 || !isPlain(time)) {
			out.timestamp(time.getEpochSecond(), time.getNano());
			return;
		}
		out.plainText(DateTimeFormatter.ISO_INSTANT.format(time));
	}

	/**
	 * Return whether the year has four digits; the other writer explains what has not.
	 */
	private static boolean isPlain(Instant time) {
		return time.isAfter(YEAR_0) && time.isBefore(YEAR_10000);
	}

	private static void extension(String name, @Nullable Object value, JsonWriter out) {
		if (value == null) {
			return;
		}
		EventAttributes.requireExtensionName(name);
		EventAttributes.requireExtensionValue(name, value);
		out.name(name);
		if (value instanceof Boolean flag) {
			out.value(flag.booleanValue());
		}
		else if (value instanceof Number number) {
			out.value(number.longValue());
		}
		else if (value instanceof OffsetDateTime time) {
			time(time.toInstant(), out);
		}
		else if (value instanceof byte[] bytes) {
			out.base64(bytes);
		}
		else {
			out.value(value.toString());
		}
	}

	private static void data(CloudEvent event, JsonWriter out) {
		CloudEventData data = event.getData();
		if (data == null) {
			return;
		}
		if (data instanceof EventData known) {
			known(known, out);
			return;
		}
		if (data instanceof DeferredData deferred) {
			deferred.write(event, out.name(DATA));
			return;
		}
		byte[] bytes = data.toBytes();
		if (bytes == null) {
			return;
		}
		if (event.getDataContentType() != null && EventAttributes.isJson(event.getDataContentType())) {
			// One event's broken data would break the batch, or add members to it.
			EventData.requireJson(bytes);
			out.name(DATA).raw(bytes);
			return;
		}
		out.name(DATA_BASE64).base64(bytes);
	}

	private static void known(EventData data, JsonWriter out) {
		switch (data.kind()) {
			case JSON, TEXT -> jsonValue(data, out.name(DATA));
			case BINARY -> out.name(DATA_BASE64).base64(data.toBytes());
		}
	}

	/**
	 * Write data that is not bytes: JSON as it is, text as a string.
	 */
	static void jsonValue(EventData data, JsonWriter out) {
		if (data.kind() == EventData.Kind.TEXT) {
			out.value(new String(data.toBytes(), StandardCharsets.UTF_8));
			return;
		}
		out.raw(data.toBytes());
	}

}
