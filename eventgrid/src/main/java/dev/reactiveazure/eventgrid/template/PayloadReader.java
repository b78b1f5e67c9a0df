package dev.reactiveazure.eventgrid.template;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.reactiveazure.core.pipeline.FastJson;
import dev.reactiveazure.core.pipeline.Spares;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON as objects: as {@link JsonMapper#readValue} does, for less where there are
 * many.
 * <p>
 * Immutable and thread-safe.
 */
final class PayloadReader {

	private final JsonMapper mapper;

	/** Without Jackson's look for what follows the value: it would end the parser. */
	private final ObjectReader reader;

	private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private final Spares<Lane> lanes = new Spares<>();

	PayloadReader(JsonMapper mapper) {
		this.mapper = FastJson.of(mapper);
		this.reader = this.mapper.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Read a value.
	 * @throws tools.jackson.core.JacksonException if there is no such value
	 */
	@Nullable Object read(byte[] json, Type type) {
		ObjectReader typed = this.readers.get(type);
		if (typed == null) {
			typed = this.reader.forType(this.mapper.constructType(type));
			this.readers.put(type, typed);
		}
		Lane lane = this.lanes.take();
		if (lane == null) {
			lane = new Lane(this.reader);
		}
		@Nullable Object value;
		try {
			value = lane.read(json, typed);
		}
		catch (JacksonException ex) {
			return readAlone(json, type);
		}
		if (!lane.isAtEnd()) {
			return readAlone(json, type);
		}
		if (lane.isUsedUp()) {
			lane.close();
		}
		else {
			this.lanes.give(lane);
		}
		return value;
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
	 * bytes and 400 ns for each. Let go of when a value failed half-way, and closed after
	 * some, to give back what it has borrowed.
	 */
	private static final class Lane {

		private static final int MOST_BYTES = 1024 * 1024;

		private final Feed feed = new Feed();

		private final ObjectReader reader;

		private @Nullable JsonParser parser;

		private int read;

		Lane(ObjectReader reader) {
			this.reader = reader;
		}

		@Nullable Object read(byte[] json, ObjectReader typed) {
			this.read += json.length;
			this.feed.next(json);
			if (this.parser == null) {
				this.parser = this.reader.createParser(this.feed);
			}
			return typed.readValue(this.parser);
		}

		/**
		 * Return whether nothing is left that the next value would begin with.
		 */
		boolean isAtEnd() {
			return this.feed.isAtEnd() && this.parser != null
					&& this.parser.releaseBuffered(OutputStream.nullOutputStream()) == 0;
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

		private byte[] json = {};

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
