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
 * Thread-safe. A serializer may be called a second time for a value that it could not
 * write at the first.
 */
public final class EventDataWriter {

	/** Largest value whose room is kept for the next one, in bytes. */
	private static final int LARGEST_KEPT = 64 * 1024;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	/** Whether values may share a generator. */
	private volatile boolean shared;

	private final Spares<Lane> lanes = new Spares<>();

	/**
	 * Create a writer.
	 * @param mapper says how objects become JSON
	 */
	public EventDataWriter(JsonMapper mapper) {
		Assert.notNull(mapper, "The mapper must not be null");
		this.mapper = FastJson.of(mapper);
		this.writer = this.mapper.writer().withRootValueSeparator("");
		this.shared = !this.mapper.isEnabled(SerializationFeature.INDENT_OUTPUT);
	}

	/**
	 * Write a value as JSON.
	 * @param value the value; {@code null} becomes JSON's {@code null}
	 * @return data of the kind {@link EventData.Kind#JSON}
	 * @throws tools.jackson.core.JacksonException if the mapper can't write the value
	 */
	public EventData write(@Nullable Object value) {
		byte[] json = this.shared ? writeShared(value) : null;
		return (json != null) ? EventData.parsedJson(json) : EventData.json(this.mapper, value);
	}

	/**
	 * Write a value after others.
	 * @return its JSON; {@code null} if it has to be written with a generator of its own,
	 * to fail as it would there if not for anything else
	 */
	private byte @Nullable [] writeShared(@Nullable Object value) {
		Lane lane = this.lanes.take();
		if (lane == null) {
			lane = new Lane(this.writer);
		}
		byte[] json = lane.write(value);
		if (lane.context.hasRefused()) {
			this.shared = false;
			return null;
		}
		if (json == null) {
			return null;
		}
		if (lane.isUsedUp() || json.length > LARGEST_KEPT) {
			lane.close();
		}
		else {
			this.lanes.give(lane);
		}
		return json;
	}

	/**
	 * A generator that writes one value after the other: a generator of its own would
	 * take 900 bytes and 350 ns for each. Closed after some, to give back what it has
	 * borrowed, and let go of when a value failed half-way.
	 */
	private static final class Lane {

		private static final int MOST_BYTES = 1024 * 1024;

		private final ByteSink sink = new ByteSink();

		private final ObjectWriter writer;

		private final LoneWrites context;

		private final JsonGenerator generator;

		private int written;

		Lane(ObjectWriter writer) {
			this.writer = FastJson.withScratch(writer);
			try (JsonGenerator jacksons = this.writer.createGenerator(this.sink)) {
				this.context = new LoneWrites(jacksons.objectWriteContext());
			}
			this.generator = this.context.createGenerator(this.sink);
		}

		/**
		 * Write a value.
		 * @return its JSON; {@code null} if it failed or left something open
		 */
		byte @Nullable [] write(@Nullable Object value) {
			this.sink.reset();
			try {
				this.writer.writeValue(this.generator, value);
				this.generator.flush();
			}
			catch (Exception ex) {
				return null;
			}
			if (this.generator.isClosed() || !this.generator.streamWriteContext().inRoot()) {
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
