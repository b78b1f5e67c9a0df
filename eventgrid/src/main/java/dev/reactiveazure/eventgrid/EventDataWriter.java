package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.core.pipeline.Spares;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Writes objects as the data of events: as {@link EventData#json(JsonMapper, Object)}
 * does, for less where there are many.
 * <p>
 * Immutable and thread-safe.
 */
public final class EventDataWriter {

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	private final boolean plain;

	private final Spares<Lane> lanes = new Spares<>();

	/**
	 * Create a writer.
	 * @param mapper says how objects become JSON
	 */
	public EventDataWriter(JsonMapper mapper) {
		Assert.notNull(mapper, "The mapper must not be null");
		this.mapper = FastJson.of(mapper);
		this.writer = this.mapper.writer().withRootValueSeparator("");
		this.plain = !this.mapper.isEnabled(SerializationFeature.INDENT_OUTPUT);
	}

	/**
	 * Write a value as JSON.
	 * @param value the value; {@code null} becomes JSON's {@code null}
	 * @return data of the kind {@link EventData.Kind#JSON}
	 * @throws tools.jackson.core.JacksonException if the mapper can't write the value
	 */
	public EventData write(@Nullable Object value) {
		if (!this.plain) {
			return EventData.json(this.mapper, value);
		}
		Lane lane = this.lanes.take();
		if (lane == null) {
			lane = new Lane(this.writer);
		}
		byte[] json = lane.write(value);
		if (json == null) {
			return EventData.json(this.mapper, value);
		}
		if (lane.isUsedUp()) {
			lane.close();
		}
		else {
			this.lanes.give(lane);
		}
		return EventData.parsedJson(json);
	}

	/**
	 * A generator that writes one value after the other: a generator of its own would
	 * take 900 bytes and 350 ns for each. Let go of when a value failed half-way, and
	 * closed after some, to give back what it has borrowed.
	 */
	private static final class Lane {

		private static final int MOST_BYTES = 1024 * 1024;

		private final ByteSink sink = new ByteSink();

		private final ObjectWriter writer;

		private final JsonGenerator generator;

		private int written;

		Lane(ObjectWriter writer) {
			this.writer = FastJson.withScratch(writer);
			this.generator = this.writer.createGenerator(this.sink);
		}

		/**
		 * Write a value.
		 * @return its JSON; {@code null} if it left something open
		 */
		byte @Nullable [] write(@Nullable Object value) {
			this.sink.reset();
			this.writer.writeValue(this.generator, value);
			this.generator.flush();
			if (!this.generator.streamWriteContext().inRoot()) {
				return null;
			}
			byte[] json = this.sink.toByteArray();
			this.written += json.length;
			return json;
		}

		boolean isUsedUp() {
			return this.written > MOST_BYTES;
		}

		void close() {
			this.generator.close();
		}

	}

}
