package dev.reactiveazure.eventgrid;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonCursor}, compared with Jackson on random input.
 */
class JsonCursorTests {

	private static final String[] TEXTS = { "", "a", "id", "data", "é", "€", "😀", "\\n", "\\\"", "\\\\", "\\/",
			"\\u0041", "\\b\\f\\r\\t", "\\u00e9", "\\ud83d\\ude00", "\\uD800", "x y", "0123456789".repeat(4) };

	/** Without halves of pairs in escapes, which Jackson refuses in names only. */
	private static final int NAMES = 13;

	private static final String[] SCALARS = { "0", "-0", "7", "-12", "1.50", "1e3", "-2.5E-7", "12345678901",
			"123456789012345678901", "9223372036854775807", "true", "false", "null" };

	private static final byte[] BREAKERS = { '{', '}', '[', ']', ',', ':', '"', '\\', ' ', '0', '1', '.', 'e', '-', 't',
			'u', 1, 0x1f, 0x7f, (byte) 0x80, (byte) 0xc3, (byte) 0xe2, (byte) 0xf0, (byte) 0xf8 };

	private final JsonFactory unlimited = JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(Integer.MAX_VALUE)
			.maxNumberLength(Integer.MAX_VALUE)
			.build())
		.build();

	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final Random random = new Random(5);

	private final StringBuilder json = new StringBuilder();

	@Test
	void readsWhatJacksonReads() {
		for (int i = 0; i < 3_000; i++) {
			byte[] document = document();
			JsonCursor cursor = new JsonCursor(document, document.length);
			assertThat(value(cursor)).as(new String(document, StandardCharsets.UTF_8))
				.isEqualTo(this.mapper.readValue(document, Object.class));
			assertThat(cursor.peek()).isEqualTo(JsonCursor.END);
		}
	}

	@Test
	void skipsWhatJacksonSkipsAndEndsAtTheSamePlace() {
		for (int i = 0; i < 3_000; i++) {
			// Of a number alone Jackson takes the blank behind it, too.
			byte[] document = ("[" + new String(document(), StandardCharsets.UTF_8) + "]\n")
				.getBytes(StandardCharsets.UTF_8);
			JsonCursor cursor = new JsonCursor(document, document.length);
			cursor.skip();
			assertThat(cursor.position()).isEqualTo(endByJackson(document));
			cursor.peek();
			assertThat(cursor.position()).isEqualTo(document.length);
		}
	}

	@Test
	void refusesWhatJacksonRefuses() {
		int refused = 0;
		for (int i = 0; i < 30_000; i++) {
			byte[] broken = broken(document());
			boolean expected = isJsonForJackson(broken);
			assertThat(isJson(broken)).as(() -> new String(broken, StandardCharsets.ISO_8859_1)).isEqualTo(expected);
			refused += expected ? 0 : 1;
		}
		assertThat(refused).isGreaterThan(15_000);
	}

	@Test
	void readsAsFarAsItSkips() {
		for (int i = 0; i < 10_000; i++) {
			byte[] broken = broken(document());
			if (!isJson(broken)) {
				assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> {
					JsonCursor cursor = new JsonCursor(broken, broken.length);
					value(cursor);
					if (cursor.peek() != JsonCursor.END) {
						throw new MalformedJsonException(cursor.position());
					}
				});
			}
		}
	}

	@Test
	void skipsWhatIsDeep() {
		for (int depth : new int[] { 1, 63, 64, 65, 128, 129, 100_000 }) {
			byte[] deep = ("[{\"a\":".repeat(depth) + "1" + "}]".repeat(depth)).getBytes(StandardCharsets.US_ASCII);
			assertThat(isJson(deep)).isTrue();
			deep[deep.length - 1] = '}';
			assertThat(isJson(deep)).isFalse();
		}
	}

	@Test
	void saysWhereTheJsonEndsAndNotWhatStandsThere() {
		assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> cursor("[1,x]").skip())
			.withMessage("it is not valid JSON at byte 3");
		assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> cursor("\"ab").skip())
			.withMessage("it is not valid JSON at byte 3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "1.0", "1e2", "1234567890", "\"1\"", "null", "{}" })
	void countsOnlyWithPlainNumbers(String json) {
		JsonCursor cursor = cursor(json);
		assertThat(cursor.count()).isEqualTo(-1);
		assertThat(cursor.peek()).isEqualTo(JsonCursor.END);
		assertThat(cursor("42").count()).isEqualTo(42);
	}

	@Test
	void readsNoNumberThatWouldTakeTooLong() {
		assertThat(cursor("1".repeat(1_000)).number()).isEqualTo(new BigInteger("1".repeat(1_000)));
		for (String number : new String[] { "1".repeat(1_001), "0." + "1".repeat(1_000_000), "1e1001", "1e-1001",
				"1e9999999999" }) {
			assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> cursor(number).number());
		}
	}

	@Test
	void tellsManyNamesApart() {
		JsonCursor cursor = cursor("[" + IntStream.range(0, 1_000)
			.mapToObj((i) -> "{\"a" + i % 300 + "z\":0}")
			.collect(Collectors.joining(",")) + "]");
		cursor.enter();
		for (int i = 0; cursor.nextElement(); i++) {
			cursor.peek();
			cursor.enter();
			assertThat(cursor.nextMember()).isTrue();
			assertThat(cursor.name()).isEqualTo("a" + i % 300 + "z");
			cursor.skip();
			assertThat(cursor.nextMember()).isFalse();
		}
	}

	@Test
	void copiesOnlyPlainText() {
		char[] target = new char[4];
		JsonCursor cursor = cursor(" \"abcd\"");
		assertThat(cursor.copyAscii(target)).isEqualTo(4);
		assertThat(target).containsExactly('a', 'b', 'c', 'd');
		assertThat(cursor.text()).isEqualTo("abcd");
		for (String other : new String[] { "\"abcde\"", "\"\\n\"", "\"é\"", "7" }) {
			assertThat(cursor(other).copyAscii(target)).isEqualTo(-1);
		}
	}

	@Test
	void makesNoNewObjectOfATextThatIsLikely() {
		String likely = new String("abc");
		assertThat(cursor("\"abc\"").text(likely)).isSameAs(likely);
		assertThat(cursor("\"abd\"").text(likely)).isEqualTo("abd");
		assertThat(cursor("\"\\u0061bc\"").text(likely)).isSameAs(likely);
	}

	private static JsonCursor cursor(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		return new JsonCursor(bytes, bytes.length);
	}

	private static boolean isJson(byte[] document) {
		JsonCursor cursor = new JsonCursor(document, document.length);
		try {
			cursor.skip();
		}
		catch (MalformedJsonException ex) {
			return false;
		}
		return cursor.peek() == JsonCursor.END;
	}

	private boolean isJsonForJackson(byte[] document) {
		try (JsonParser parser = parser(document)) {
			if (parser.nextToken() == null) {
				return false;
			}
			parser.skipChildren();
			parser.finishToken();
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private long endByJackson(byte[] document) {
		try (JsonParser parser = parser(document)) {
			parser.nextToken();
			parser.skipChildren();
			parser.finishToken();
			return parser.currentLocation().getByteOffset();
		}
	}

	private JsonParser parser(byte[] document) {
		return this.unlimited.createParser(ObjectReadContext.empty(), document, 0, document.length);
	}

	private static @Nullable Object value(JsonCursor cursor) {
		switch (cursor.peek()) {
			case '{' -> {
				Map<String, @Nullable Object> members = new LinkedHashMap<>();
				cursor.enter();
				while (cursor.nextMember()) {
					members.put(cursor.name(), value(cursor));
				}
				return members;
			}
			case '[' -> {
				List<@Nullable Object> elements = new ArrayList<>();
				cursor.enter();
				while (cursor.nextElement()) {
					elements.add(value(cursor));
				}
				return elements;
			}
			case '"' -> {
				return cursor.text();
			}
			case 't' -> {
				cursor.skip();
				return true;
			}
			case 'f' -> {
				cursor.skip();
				return false;
			}
			case 'n' -> {
				cursor.skip();
				return null;
			}
			default -> {
				return cursor.number();
			}
		}
	}

	private byte[] document() {
		this.json.setLength(0);
		append(4);
		blank();
		return this.json.toString().getBytes(StandardCharsets.UTF_8);
	}

	private void append(int depth) {
		blank();
		switch (this.random.nextInt((depth > 0) ? 6 : 3)) {
			case 0, 1 -> string(TEXTS.length);
			case 2 -> this.json.append(SCALARS[this.random.nextInt(SCALARS.length)]);
			case 3 -> {
				this.json.append('[');
				for (int i = this.random.nextInt(4); i > 0; i--) {
					append(depth - 1);
					blank();
					this.json.append((i > 1) ? "," : "");
				}
				this.json.append(']');
			}
			default -> {
				this.json.append('{');
				blank();
				for (int i = this.random.nextInt(4); i > 0; i--) {
					blank();
					string(NAMES);
					blank();
					this.json.append(':');
					append(depth - 1);
					blank();
					this.json.append((i > 1) ? "," : "");
				}
				this.json.append('}');
			}
		}
	}

	private void string(int texts) {
		this.json.append('"');
		for (int i = this.random.nextInt(3); i > 0; i--) {
			this.json.append(TEXTS[this.random.nextInt(texts)]);
		}
		this.json.append('"');
	}

	private void blank() {
		this.json.append(switch (this.random.nextInt(8)) {
			case 0 -> " ";
			case 1 -> "\n\t\r";
			default -> "";
		});
	}

	/**
	 * Change, drop or insert a byte.
	 */
	private byte[] broken(byte[] document) {
		ByteArrayOutputStream broken = new ByteArrayOutputStream();
		int place = this.random.nextInt(document.length + 1);
		broken.write(document, 0, place);
		int kind = this.random.nextInt(3);
		if (kind != 0) {
			broken.write(BREAKERS[this.random.nextInt(BREAKERS.length)]);
		}
		int rest = Math.min(document.length, place + ((kind != 1) ? 1 : 0));
		broken.write(document, rest, document.length - rest);
		return broken.toByteArray();
	}

}
