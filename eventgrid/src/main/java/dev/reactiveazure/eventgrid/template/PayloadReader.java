package dev.reactiveazure.eventgrid.template;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.core.pipeline.Spares;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON as objects: as {@link JsonMapper#readValue} does, for less where there are
 * many.
 * <p>
 * Thread-safe. A deserializer may be called a second time for a value that it could not
 * read at the first.
 */
final class PayloadReader {

	/** Smaller ones are read whole, with what follows, before they are begun. */
	private static final int SMALLEST_SHARED = 16;

	/** Largest value whose room is kept for the next one, in bytes. */
	private static final int LARGEST_KEPT = 64 * 1024;

	private final JsonMapper mapper;

	/** Without Jackson's look for what follows the value: it would end the parser. */
	private final ObjectReader reader;

	private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private final Spares<Lane> lanes = new Spares<>();

	/** Whether values may share a parser. */
	private volatile boolean shared = true;

	PayloadReader(JsonMapper mapper) {
		this.mapper = FastJson.of(mapper);
		this.reader = this.mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Read a value.
	 * @throws tools.jackson.core.JacksonException if there is no such value
	 */
	@Nullable Object read(byte[] json, Type type) {
		if (!this.shared || json.length < SMALLEST_SHARED) {
			return readAlone(json, type);
		}
		Lane lane = this.lanes.take();
		if (lane == null) {
			lane = new Lane(this.reader);
		}
		if (!lane.read(json, reader(type))) {
			if (lane.context.hasRefused()) {
				this.shared = false;
			}
			return readAlone(json, type);
		}
		@Nullable Object value = lane.takeValue();
		if (lane.isUsedUp() || json.length > LARGEST_KEPT) {
			lane.close();
		}
		else {
			this.lanes.give(lane);
		}
		return value;
	}

	private ObjectReader reader(Type type) {
		ObjectReader typed = this.readers.get(type);
		if (typed == null) {
			typed = this.reader.forType(this.mapper.constructType(type));
			this.readers.put(type, typed);
		}
		return typed;
	}

	/**
	 * Read with a parser of its own what is no value, or more than one: to fail, or not
	 * to, as it would have without the others.
	 */
	private @Nullable Object readAlone(byte[] json, Type type) {
		return this.mapper.readValue(json, this.mapper.constructType(type));
	}

	/**
	 * A parser that reads one value after the other: a parser of its own would take 1,000
	 * bytes and 400 ns for each. Closed after some, to give back what it has borrowed,
	 * and let go of when a value failed half-way.
	 */
	private static final class Lane {

		private static final int MOST_BYTES = 1024 * 1024;

		private final Feed feed = new Feed();

		private final LoneReads context;

		private @Nullable JsonParser parser;

		private @Nullable Object value;

		private int read;

		Lane(ObjectReader reader) {
			try (JsonParser jacksons = reader.createParser(new byte[0])) {
				this.context = new LoneReads(jacksons.objectReadContext());
			}
		}

		/**
		 * Read a value.
		 * @return whether it is one, and nothing is left that the next would begin with
		 */
		boolean read(byte[] json, ObjectReader typed) {
			this.read += json.length;
			this.feed.next(json);
			try {
				if (this.parser == null) {
					this.parser = this.context.createParser(this.feed);
				}
				this.value = typed.readValue(this.parser);
				return !this.context.hasRefused() && this.feed.isAtEnd()
						&& this.parser.releaseBuffered(OutputStream.nullOutputStream()) == 0;
			}
			catch (Exception ex) {
				return false;
			}
		}

		@Nullable Object takeValue() {
			Object taken = this.value;
			this.value = null;
			this.feed.next(Feed.NOTHING);
			return taken;
		}

		boolean isUsedUp() {
			return this.read > MOST_BYTES;
		}

		void close() {
			if (this.parser != null) {
				this.parser.close();
			}
		}

	}

	/**
	 * Gives one value after the other, each with the blank behind it that ends a number.
	 */
	private static final class Feed extends InputStream {

		private static final byte[] NOTHING = {};

		private byte[] json = NOTHING;

		private int at;

		void next(byte[] json) {
			this.json = json;
			this.at = 0;
		}

		boolean isAtEnd() {
			return this.at >= this.json.length;
		}

		@Override
		public int read() {
			if (this.at > this.json.length) {
				return -1;
			}
			int position = this.at++;
			return (position < this.json.length) ? this.json[position] & 0xff : ' ';
		}

		@Override
		public int read(byte[] target, int offset, int count) {
			if (this.at < this.json.length) {
				int copied = Math.min(count, this.json.length - this.at);
				System.arraycopy(this.json, this.at, target, offset, copied);
				this.at += copied;
				return copied;
			}
			int blank = read();
			if (blank == -1) {
				return -1;
			}
			target[offset] = (byte) blank;
			return 1;
		}

	}

}
