package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An event in binary mode: its attributes are headers {@code ce-…}, its data is the body
 * and its {@code datacontenttype} the content type.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP
 * binding of CloudEvents</a>
 */
final class BinaryEvent implements RequestHeaders {

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

	private final CloudEvent event;

	private final List<Header> headers = new ArrayList<>();

	private @Nullable RequestBody body;

	private BinaryEvent(CloudEvent event) {
		this.event = event;
	}

	/**
	 * Take an event apart.
	 * @throws IllegalArgumentException if it breaks the rules of CloudEvents, or can't
	 * travel in this mode; the message names the event
	 */
	static BinaryEvent of(CloudEvent event) {
		BinaryEvent binary = new BinaryEvent(event);
		try {
			binary.takeAttributes();
			binary.takeData();
		}
		catch (UnwritableDataException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(CloudEventSchema.name(event) + ": " + ex.getMessage(), ex);
		}
		return binary;
	}

	/**
	 * Return the data; {@code null} for none.
	 */
	@Nullable RequestBody body() {
		return this.body;
	}

	@Override
	public void apply(HeaderSink headers) {
		for (Header header : this.headers) {
			headers.set(header.name, header.value);
		}
	}

	private void takeAttributes() {
		EventAttributes.requireVersion(this.event);
		add("specversion", "1.0");
		add("id", EventAttributes.required("id", this.event.getId()));
		add("source", EventAttributes.required("source", text(this.event.getSource())));
		add("type", EventAttributes.required("type", this.event.getType()));
		add("subject", EventAttributes.optional("subject", this.event.getSubject()));
		add("dataschema", EventAttributes.optional("dataschema", text(this.event.getDataSchema())));
		OffsetDateTime time = this.event.getTime();
		add("time", (time != null) ? text(time.toInstant()) : null);
		for (String name : this.event.getExtensionNames()) {
			Object value = this.event.getExtension(name);
			if (value != null) {
				EventAttributes.requireExtensionName(name);
				EventAttributes.requireExtensionValue(name, value);
				add(name, text(value));
			}
		}
	}

	private void add(String name, @Nullable String value) {
		if (value != null) {
			this.headers.add(new Header("ce-" + name, encode(value)));
		}
	}

	private void takeData() {
		String contentType = EventAttributes.optional("datacontenttype", this.event.getDataContentType());
		if (contentType != null) {
			requireContentType(contentType);
		}
		CloudEventData data = data();
		byte[] bytes = (data != null) ? data.toBytes() : null;
		if (bytes == null) {
			if (contentType != null) {
				this.headers.add(new Header(CONTENT_TYPE.toString(), contentType));
			}
			return;
		}
		EventBody.requireSize("The data", bytes.length);
		if (contentType == null) {
			Assert.isTrue(data instanceof EventData known && known.kind() == EventData.Kind.JSON,
					"Data without a content type can't travel in binary mode: set datacontenttype");
			contentType = "application/json";
		}
		if (EventAttributes.isJson(contentType) && !(data instanceof EventData)) {
			EventData.requireJson(bytes);
		}
		this.body = new Data(contentType, bytes);
	}

	private @Nullable CloudEventData data() {
		CloudEventData data = this.event.getData();
		return (data instanceof DeferredData deferred) ? deferred.written(this.event) : data;
	}

	private static void requireContentType(String contentType) {
		Assert.isTrue(!contentType.toLowerCase(Locale.ROOT).startsWith("application/cloudevents"),
				() -> "The datacontenttype '" + contentType + "' would be taken for structured mode");
		Assert.isTrue(contentType.chars().allMatch((c) -> c >= 0x20 && c < 0x7f),
				() -> "The datacontenttype '" + contentType + "' has a character that no header can carry");
	}

	private static @Nullable String text(@Nullable URI uri) {
		return (uri != null) ? uri.toString() : null;
	}

	private static String text(Instant time) {
		return DateTimeFormatter.ISO_INSTANT.format(time);
	}

	private static String text(Object value) {
		if (value instanceof OffsetDateTime time) {
			return text(time.toInstant());
		}
		return (value instanceof byte[] bytes) ? Base64.getEncoder().encodeToString(bytes) : value.toString();
	}

	/**
	 * Percent-encode space, quote, percent and all that is not printable ASCII, and
	 * nothing else: receivers undo exactly that.
	 */
	static String encode(String value) {
		StringBuilder target = new StringBuilder(value.length() + 8);
		for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
			if (b > 0x20 && b < 0x7f && b != '"' && b != '%') {
				target.append((char) b);
			}
			else {
				target.append('%').append(hex(b >> 4)).append(hex(b));
			}
		}
		return target.toString();
	}

	private static char hex(int value) {
		return "0123456789ABCDEF".charAt(value & 0xf);
	}

	private record Header(String name, String value) {
	}

	private record Data(CharSequence contentType, byte[] bytes) implements RequestBody {

		@Override
		public void write(JsonWriter out) {
			out.sink().write(this.bytes);
		}

	}

}
