package dev.reactiveazure.eventgrid;

import java.io.OutputStream;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.Spares;
import io.cloudevents.CloudEventData;
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

	private final Spares<ByteSink> sinks = new Spares<>();

	/**
	 * Create a writer.
	 * @param mapper says how objects become JSON
	 */
	public EventDataWriter(JsonMapper mapper) {
		Assert.notNull(mapper, "The mapper must not be null");
		this.mapper = FastJson.of(mapper);
		this.writer = this.mapper.writer().withRootValueSeparator("");
		this.shared = !this.mapper.isEnabled(SerializationFeature.INDENT_OUTPUT)
				&& this.mapper.tokenStreamFactory().getOutputDecorator() == null;
	}

	/**
	 * Write a value as JSON.
	 * @param value the value; {@code null} becomes JSON's {@code null}
	 * @return data of the kind {@link EventData.Kind#JSON}
	 * @throws tools.jackson.core.JacksonException if the mapper can't write the value
	 */
	public EventData write(@Nullable Object value) {
		ByteSink sink = this.sinks.take();
		if (sink == null) {
			sink = new ByteSink();
		}
		write(value, sink);
		EventData data = EventData.parsedJson(sink.toByteArray());
		if (sink.length() <= LARGEST_KEPT) {
			sink.reset();
			this.sinks.give(sink);
		}
		return data;
	}

	/**
	 * Take a value that is written as JSON when its event is published, into the request
	 * itself: nothing is kept of it before. Each subscription to a publish writes it
	 * anew, and sends what it is by then: for values that do not change.
	 * @param value the value; {@code null} becomes JSON's {@code null}
	 * @return data that is JSON. Where the mapper can't write the value, the publish
	 * fails with an {@link UnwritableDataException} before anything is sent, and
	 * {@link CloudEventData#toBytes()}, which writes it too, as {@link #write} does
	 */
	public CloudEventData deferred(@Nullable Object value) {
		return new DeferredData(this, value);
	}

	/**
	 * Write a value as the next one of a document.
	 */
	void write(@Nullable Object value, JsonWriter out) {
		write(value, out.rawValue());
	}

	private void write(@Nullable Object value, ByteSink target) {
		int before = target.length();
		if (!this.shared || !writeShared(value, target)) {
			target.cutTo(before);
			target.write(this.mapper.writeValueAsBytes(value));
		}
	}

	/**
	 * Write a value with a generator that has written others.
	 * @return whether it is complete; if not, it has to be written with a generator of
	 * its own, to fail as it would there if not for anything else
	 */
	private boolean writeShared(@Nullable Object value, ByteSink target) {
		Lane lane = this.lanes.take();
		if (lane == null) {
			lane = new Lane(this.writer);
		}
		boolean complete = lane.write(value, target);
		if (lane.context.hasRefused()) {
			this.shared = false;
			return false;
		}
		if (complete) {
			leave(lane);
		}
		return complete;
	}

	private void leave(Lane lane) {
		if (lane.isUsedUp()) {
			lane.close();
		}
		else {
			this.lanes.give(lane);
		}
	}

	/**
	 * A generator that writes one value after the other: a generator of its own would
	 * take 900 bytes and 350 ns for each. Closed after some, to give back what it has
	 * borrowed, and let go of when a value failed half-way.
	 */
	private static final class Lane {

		private static final int MOST_BYTES = 1024 * 1024;

		private final Outlet outlet = new Outlet();

		private final ObjectWriter writer;

		private final LoneWrites context;

		private final JsonGenerator generator;

		private int written;

		Lane(ObjectWriter writer) {
			this.writer = FastJson.withScratch(writer);
			try (JsonGenerator jacksons = this.writer.createGenerator(this.outlet)) {
				this.context = new LoneWrites(jacksons.objectWriteContext());
			}
			this.generator = this.context.createGenerator(this.outlet);
		}

		/**
		 * Write a value.
		 * @return whether it is complete: not if it failed or left something open
		 */
		boolean write(@Nullable Object value, ByteSink target) {
			int before = target.length();
			this.outlet.target = target;
			try {
				this.writer.writeValue(this.generator, value);
				this.generator.flush();
			}
			catch (Exception ex) {
				return false;
			}
			finally {
				this.outlet.target = null;
			}
			this.written += target.length() - before;
			return !this.generator.isClosed() && this.generator.streamWriteContext().inRoot();
		}

		boolean isUsedUp() {
			return this.written > MOST_BYTES;
		}

		void close() {
			this.generator.close();
		}

	}

	/**
	 * Where a generator writes: to the target of the value that it has at hand.
	 */
	private static final class Outlet extends OutputStream {

		private @Nullable ByteSink target;

		@Override
		public void write(int value) {
			target().write(value);
		}

		@Override
		public void write(byte[] source, int offset, int count) {
			target().write(source, offset, count);
		}

		private ByteSink target() {
			if (this.target == null) {
				throw new IllegalStateException("There is no value to be written");
			}
			return this.target;
		}

	}

}
