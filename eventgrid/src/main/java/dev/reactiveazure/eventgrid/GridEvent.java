package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A CloudEvent 1.0: what a receiver delivers, and a light way to make one.
 * <p>
 * Immutable. {@code time} is kept as an instant and given back in UTC.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents
 * 1.0</a>
 */
public final class GridEvent implements CloudEvent {

	private final String id;

	private final URI source;

	private final String type;

	private final @Nullable String subject;

	private final @Nullable Instant time;

	private final @Nullable String dataContentType;

	private final @Nullable URI dataSchema;

	private final @Nullable CloudEventData data;

	private final Map<String, Object> extensions;

	GridEvent(String id, URI source, String type, @Nullable String subject, @Nullable Instant time,
			@Nullable String dataContentType, @Nullable URI dataSchema, @Nullable CloudEventData data,
			Map<String, Object> extensions) {
		this.id = id;
		this.source = source;
		this.type = type;
		this.subject = subject;
		this.time = time;
		this.dataContentType = dataContentType;
		this.dataSchema = dataSchema;
		this.data = data;
		this.extensions = extensions;
	}

	/**
	 * Start to build an event.
	 * @param id identifies the event together with its source, not empty
	 * @param source the context in which it happened, not empty
	 * @param type what happened, not empty
	 * @return a builder
	 */
	public static Builder builder(String id, URI source, String type) {
		return new Builder(id, source, type);
	}

	@Override
	public SpecVersion getSpecVersion() {
		return SpecVersion.V1;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public URI getSource() {
		return this.source;
	}

	@Override
	public String getType() {
		return this.type;
	}

	@Override
	public @Nullable String getSubject() {
		return this.subject;
	}

	@Override
	public @Nullable OffsetDateTime getTime() {
		return (this.time != null) ? this.time.atOffset(ZoneOffset.UTC) : null;
	}

	/**
	 * Return the time as it is kept: {@link #getTime()} makes four objects of it.
	 */
	@Nullable Instant instant() {
		return this.time;
	}

	@Override
	public @Nullable String getDataContentType() {
		return this.dataContentType;
	}

	@Override
	public @Nullable URI getDataSchema() {
		return this.dataSchema;
	}

	@Override
	public @Nullable CloudEventData getData() {
		return this.data;
	}

	@Override
	public @Nullable Object getAttribute(String name) {
		return switch (name) {
			case "specversion" -> getSpecVersion();
			case "id" -> this.id;
			case "source" -> this.source;
			case "type" -> this.type;
			case "subject" -> this.subject;
			case "time" -> getTime();
			case "datacontenttype" -> this.dataContentType;
			case "dataschema" -> this.dataSchema;
			default -> throw new IllegalArgumentException("CloudEvents 1.0 has no attribute '" + name + "'");
		};
	}

	@Override
	public @Nullable Object getExtension(String name) {
		return this.extensions.get(name);
	}

	@Override
	public Set<String> getExtensionNames() {
		return this.extensions.keySet();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof GridEvent that && this.id.equals(that.id) && this.source.equals(that.source)
				&& this.type.equals(that.type) && Objects.equals(this.subject, that.subject)
				&& Objects.equals(this.time, that.time) && Objects.equals(this.dataContentType, that.dataContentType)
				&& Objects.equals(this.dataSchema, that.dataSchema) && Objects.equals(this.data, that.data)
				&& this.extensions.equals(that.extensions);
	}

	@Override
	public int hashCode() {
		return 31 * this.id.hashCode() + this.source.hashCode();
	}

	/**
	 * Return id, source and type; never the data, which may be personal.
	 */
	@Override
	public String toString() {
		return "GridEvent[id=" + this.id + ", source=" + this.source + ", type=" + this.type + "]";
	}

	/**
	 * Builds a {@link GridEvent}. Not thread-safe; a builder may build several events.
	 */
	public static final class Builder {

		private final String id;

		private final URI source;

		private final String type;

		private @Nullable String subject;

		private @Nullable Instant time;

		private @Nullable String dataContentType;

		private @Nullable URI dataSchema;

		private @Nullable CloudEventData data;

		private @Nullable Map<String, Object> extensions;

		private Builder(String id, URI source, String type) {
			Assert.hasLength(id, "The event's id must not be empty");
			Assert.notNull(source, "The event's source must not be null");
			Assert.hasLength(source.toString(), "The event's source must not be empty");
			Assert.hasLength(type, "The event's type must not be empty");
			this.id = id;
			this.source = source;
			this.type = type;
		}

		/**
		 * Set what the event is about, within its source.
		 * @param subject the subject; {@code null} for none
		 * @return this builder
		 */
		public Builder subject(@Nullable String subject) {
			this.subject = subject;
			return this;
		}

		/**
		 * Set when it happened.
		 * @param time the time, to the nanosecond; {@code null} for none
		 * @return this builder
		 */
		public Builder time(@Nullable Instant time) {
			this.time = time;
			return this;
		}

		/**
		 * Set the schema that the data adheres to.
		 * @param dataSchema an absolute URI; {@code null} for none
		 * @return this builder
		 */
		public Builder dataSchema(@Nullable URI dataSchema) {
			this.dataSchema = dataSchema;
			return this;
		}

		/**
		 * Set the data, without a content type: JSON, or bytes that say nothing about
		 * themselves.
		 * @param data the data; {@code null} for none
		 * @return this builder
		 */
		public Builder data(@Nullable CloudEventData data) {
			this.data = data;
			return this;
		}

		/**
		 * Set the data and its content type.
		 * @param dataContentType such as {@code application/json}; {@code null} for none
		 * @param data the data; {@code null} for none
		 * @return this builder
		 */
		public Builder data(@Nullable String dataContentType, @Nullable CloudEventData data) {
			this.dataContentType = dataContentType;
			this.data = data;
			return this;
		}

		/**
		 * Set an extension attribute.
		 * @param name lower-case ASCII letters and digits, and no attribute's name
		 * @param value a {@code String}, {@code Boolean}, {@code Integer}, {@code URI},
		 * {@code OffsetDateTime} or {@code byte[]}; as JSON the last three are strings
		 * @return this builder
		 * @throws IllegalArgumentException if name or value can't be an extension's
		 */
		public Builder extension(String name, Object value) {
			EventAttributes.requireExtensionName(name);
			EventAttributes.requireExtensionValue(name, value);
			if (this.extensions == null) {
				this.extensions = new LinkedHashMap<>();
			}
			this.extensions.put(name, value);
			return this;
		}

		/**
		 * Build the event.
		 * @return an event
		 */
		public GridEvent build() {
			Map<String, Object> copy = (this.extensions != null)
					? Collections.unmodifiableMap(new LinkedHashMap<>(this.extensions)) : Map.of();
			return new GridEvent(this.id, this.source, this.type, this.subject, this.time, this.dataContentType,
					this.dataSchema, this.data, copy);
		}

	}

}
