package dev.reactiveazure.eventgrid;

import java.util.function.Function;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Makes and writes the events of one stream, so that what is wrong with one concerns that
 * one. Not thread-safe.
 *
 * @param <S> type of what the stream emits
 * @param <E> type of the events
 */
final class BulkEncoder<S, E> implements BulkPublish.Encoder<S> {

	private static final int BRACKETS = 2;

	private final EventSchema<E> schema;

	private final Function<? super S, ? extends E> toEvent;

	private final int mostBytes;

	private final ByteSink sink = new ByteSink();

	private final JsonWriter out = new JsonWriter(this.sink);

	BulkEncoder(EventSchema<E> schema, Function<? super S, ? extends E> toEvent, int maxBytes) {
		this.schema = schema;
		this.toEvent = toEvent;
		this.mostBytes = maxBytes - BRACKETS;
	}

	@Override
	public BulkPublish.Encoding encode(long index, S item) {
		String id = null;
		try {
			E event = this.toEvent.apply(item);
			id = this.schema.id(event);
			return new BulkPublish.Encoding.Written(write(index, id, event));
		}
		catch (RuntimeException ex) {
			return new BulkPublish.Encoding.Refused(new PublishResult.Failed(index, id, ex));
		}
	}

	private EncodedEvent write(long index, @Nullable String id, E event) {
		this.sink.reset();
		this.out.reset();
		int place = (int) Math.min(index, Integer.MAX_VALUE);
		this.schema.write(event, place, this.out);
		byte[] json = this.sink.toByteArray();
		EventBody.requireSize(this.schema.describe(event, place), json.length, this.mostBytes);
		boolean traceable = this.schema.isTraceable(event)
				&& json.length + TraceMembers.TRACEPARENT_BYTES <= this.mostBytes;
		return new EncodedEvent(index, id, json, traceable);
	}

}
