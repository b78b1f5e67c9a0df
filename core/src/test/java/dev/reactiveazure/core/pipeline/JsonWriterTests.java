package dev.reactiveazure.core.pipeline;

import java.util.Random;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JsonWriter}, compared with Jackson on random input.
 */
class JsonWriterTests {

	private static final JsonMapper JACKSON = JsonMapper.builder().build();

	private final JsonWriter writer = new JsonWriter(new ByteSink());

	@Test
	void writesNestedObjectsAndArraysWithCommasBetween() {
		this.writer.beginObject().name("a").value(1).name(JsonWriter.Name.of("b")).beginArray();
		this.writer.value("x").value(true).nullValue().beginObject().endObject().endArray();
		this.writer.name("c").value(5.0).endObject();
		assertThat(text()).isEqualTo("{\"a\":1,\"b\":[\"x\",true,null,{}],\"c\":5.0}");
	}

	@Test
	void writesRandomStringsSoThatJacksonReadsThemBack() {
		Random random = new Random(42);
		for (int i = 0; i < 5_000; i++) {
			String value = randomText(random);
			this.writer.sink().reset();
			this.writer.reset();
			this.writer.value(value);
			assertThat(JACKSON.readTree(this.writer.sink().toByteArray()).asString()).isEqualTo(value);
		}
	}

	@Test
	void writesPlainTextAsAnyOtherAndNothingElse() {
		Random random = new Random(44);
		int plain = 0;
		for (int i = 0; i < 20_000; i++) {
			String value = random.nextBoolean() ? randomText(random)
					: "ab " + (char) random.nextInt(0x180) + Integer.toString(i, 36);
			JsonWriter expected = new JsonWriter(new ByteSink());
			expected.beginArray().value(value);
			this.writer.sink().reset();
			this.writer.reset();
			boolean written = this.writer.beginArray().plainValue(value);
			boolean isPlain = value.chars().allMatch((c) -> c >= 0x20 && c < 0x7f && c != 0x22 && c != 0x5c);
			assertThat(written).as(value).isEqualTo(isPlain);
			assertThat(text())
				.isEqualTo(isPlain ? new String(expected.sink().toByteArray(), StandardCharsets.UTF_8) : "[");
			plain += isPlain ? 1 : 0;
		}
		assertThat(plain).isBetween(1_000, 19_000);
	}

	@Test
	void replacesALoneSurrogate() {
		this.writer.value("a\ud800b\udc00");
		assertThat(JACKSON.readTree(text()).asString()).isEqualTo("a\ufffdb\ufffd");
	}

	@Test
	void writesRandomNumbersAsJacksonDoes() {
		Random random = new Random(43);
		long[] edges = { 0, -1, 9, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE };
		for (int i = 0; i < 5_000; i++) {
			long number = (i < edges.length) ? edges[i] : random.nextLong() >> random.nextInt(64);
			double fraction = Double.longBitsToDouble(random.nextLong());
			this.writer.sink().reset();
			this.writer.reset();
			this.writer.beginArray().value(number).quotedLong(number);
			this.writer.value(Double.isFinite(fraction) ? fraction : 0.5).endArray();
			JsonNode read = JACKSON.readTree(text());
			assertThat(read.get(0).asLong()).isEqualTo(number);
			assertThat(read.get(1).asString()).isEqualTo(Long.toString(number));
			assertThat(read.get(2).asDouble()).isEqualTo(Double.isFinite(fraction) ? fraction : 0.5);
		}
	}

	@Test
	void keepsWholeDoublesApartFromIntegers() {
		this.writer.value(5.0);
		assertThat(text()).isEqualTo("5.0");
	}

	@Test
	void refusesNumbersThatJsonLacks() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.writer.value(Double.NaN));
	}

	@Test
	void writesRandomGuidsAsTheirStrings() {
		Random random = new Random(11);
		for (int i = 0; i < 1000; i++) {
			UUID guid = new UUID(random.nextLong(), random.nextLong() >>> random.nextInt(64));
			JsonWriter writer = new JsonWriter(new ByteSink());
			writer.guid(guid);

			assertThat(new String(writer.sink().toByteArray(), StandardCharsets.UTF_8)).isEqualTo("\"" + guid + "\"");
		}
	}

	@Test
	void writesANameOfTwoPartsAsOne() {
		JsonWriter writer = new JsonWriter(new ByteSink());
		writer.beginObject().name("a").value(1).name("\u00e9\"", "@odata.type").plainText("Edm.Int64").endObject();

		assertThat(new String(writer.sink().toByteArray(), StandardCharsets.UTF_8))
			.isEqualTo("{\"a\":1,\"\u00e9\\\"@odata.type\":\"Edm.Int64\"}");
	}

	@Test
	void writesBytesAsBase64() {
		this.writer.base64(new byte[] { 1, 2, (byte) 0xff });
		assertThat(text()).isEqualTo("\"AQL/\"");
	}

	@Test
	void growsItsSinkForTextOfAnyLength() {
		String text = "\u0001".repeat(100_000);
		this.writer.value(text);
		assertThat(JACKSON.readTree(this.writer.sink().toByteArray()).asString()).isEqualTo(text);
	}

	private String text() {
		return new String(this.writer.sink().toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
	}

	private static String randomText(Random random) {
		StringBuilder text = new StringBuilder();
		int count = random.nextInt(40);
		for (int i = 0; i < count; i++) {
			int codePoint = switch (random.nextInt(4)) {
				case 0 -> random.nextInt(0x20);
				case 1 -> 0x20 + random.nextInt(0x60);
				case 2 -> random.nextInt(0xd800);
				default -> 0x10000 + random.nextInt(0x100000);
			};
			text.appendCodePoint(codePoint);
		}
		return text.toString();
	}

}
