package dev.reactiveazure.core.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FastJson}, compared with Jackson on random input.
 */
class FastJsonTests {

	private static final List<Instant> EDGES = List.of(Instant.MIN, Instant.MAX, Instant.EPOCH,
			Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("0000-01-01T00:00:00Z").minusNanos(1),
			Instant.parse("9999-12-31T23:59:59.999999999Z"), Instant.parse("+10000-01-01T00:00:00Z"),
			Instant.parse("2024-02-29T23:59:59.1Z"), Instant.parse("1969-12-31T23:59:59.000000001Z"));

	private static final List<String> ODDITIES = List.of("", " ", "Z", "2026", "2026-01-02T03:04:05",
			"2026-01-02t03:04:05z", "2026-01-02T03:04:05z", "2026-01-02 03:04:05Z", "2026-01-02T03:04:05+0000",
			"2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05+01:00", " 2026-01-02T03:04:05Z ", "2026-02-29T00:00:00Z",
			"2024-02-29T00:00:00Z", "2026-01-02T24:00:00Z", "2026-12-31T23:59:60Z", "2016-12-31T23:59:60Z",
			"2026-01-02T03:04:05.Z", "2026-01-02T03:04:05.1234567890Z", "2026-01-02T03:04:05.123456789Z",
			"-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "02026-01-02T03:04:05Z", "2026-01-02T03:04:05ZZ",
			"2026-01-02T03:04:05-Z", "2026-01-02T03:04:05+01:00Z", "2026-01-02T03:04:05.5+00:00Z", "1767323045",
			"1767323045.5", "2026-01-02T03:04Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-01-32T00:00:00Z",
			"٢٠٢٦-01-02T03:04:05Z", "2026-01-02T03:04:05,5Z", "2026-W01-02T03:04:05Z");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Random random = new Random(79);

	@Test
	void writesWhatJacksonWrites() {
		JsonMapper fast = FastJson.of(this.mapper);
		EDGES.forEach((instant) -> writesAlike(this.mapper, fast, instant));
		for (int i = 0; i < 20_000; i++) {
			writesAlike(this.mapper, fast, instant());
		}
	}

	@Test
	void writesDoublesAsJacksonDoes() {
		JsonMapper quoting = JsonMapper.builder().enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS).build();
		for (JsonMapper configured : List.of(this.mapper, quoting)) {
			JsonMapper fast = FastJson.of(configured);
			ObjectWriter scratched = FastJson.withScratch(fast.writer());
			for (int i = 0; i < 10_000; i++) {
				Doubles doubles = new Doubles(number(), number(), number(), new double[] { number() });
				byte[] json = configured.writeValueAsBytes(doubles);
				assertThat(fast.writeValueAsBytes(doubles)).isEqualTo(json);
				assertThat(scratched.writeValueAsBytes(doubles)).isEqualTo(json);
			}
			assertThat(fast.<JsonNode>valueToTree(1.5)).isEqualTo(configured.<JsonNode>valueToTree(1.5));
		}
	}

	private double number() {
		return switch (this.random.nextInt(4)) {
			case 0 -> Double.longBitsToDouble(this.random.nextLong());
			case 1 -> this.random.nextInt();
			default -> this.random.nextInt(-10_000_000, 10_000_000) / 100.0;
		};
	}

	record Doubles(double plain, Double boxed, @JsonFormat(shape = JsonFormat.Shape.STRING) double text,
			double[] array) {
	}

	@Test
	void readsWhatJacksonReads() {
		JsonMapper fast = FastJson.of(this.mapper);
		EDGES.forEach((instant) -> readsAlike(fast, quoted(instant.toString())));
		for (int i = 0; i < 20_000; i++) {
			readsAlike(fast, quoted(instant().toString()));
		}
	}

	@Test
	void readsAndRefusesOddTextsAsJacksonDoes() {
		JsonMapper fast = FastJson.of(this.mapper);
		ODDITIES.forEach((text) -> readsAlike(fast, quoted(text)));
		for (String json : new String[] { "12", "12.5", "-1e3", "null", "true", "[]", "{}", "\"2026-01-02T03:04:05" }) {
			readsAlike(fast, json);
		}
		for (int i = 0; i < 5_000; i++) {
			StringBuilder text = new StringBuilder(instant().toString());
			text.setCharAt(this.random.nextInt(text.length()), "0123456789-+:.TZtz x".charAt(this.random.nextInt(20)));
			readsAlike(fast, quoted(text.toString()));
		}
	}

	@Test
	void keepsTheFormatOfAProperty() {
		JsonMapper fast = FastJson.of(this.mapper);
		for (int i = 0; i < 500; i++) {
			Instant instant = Instant.ofEpochSecond(this.random.nextInt(), this.random.nextInt(1_000_000_000));
			Formats formats = new Formats(instant, instant, instant, instant, instant);
			String json = this.mapper.writeValueAsString(formats);
			assertThat(fast.writeValueAsString(formats)).isEqualTo(json);
			assertThat(fast.readValue(json, Formats.class)).isEqualTo(this.mapper.readValue(json, Formats.class));
		}
	}

	@Test
	void keepsTheSettingsOfTheMapper() {
		List<JsonMapper> mappers = List.of(
				JsonMapper.builder().enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS).build(),
				JsonMapper.builder()
					.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
					.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
					.build(),
				JsonMapper.builder().enable(DateTimeFeature.TRUNCATE_TO_MSECS_ON_WRITE).build(),
				JsonMapper.builder().enable(DateTimeFeature.TRUNCATE_TO_MSECS_ON_READ).build(),
				JsonMapper.builder()
					.withConfigOverride(Instant.class,
							(override) -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.NUMBER)))
					.build(),
				JsonMapper.builder()
					.addModule(new SimpleModule().addSerializer(Instant.class, new ToStringSerializer(Instant.class)))
					.build());
		for (JsonMapper configured : mappers) {
			JsonMapper fast = FastJson.of(configured);
			Instant instant = Instant.parse("2026-11-21T06:00:42.1234567Z");
			writesAlike(configured, fast, instant);
			String json = quoted(instant.toString());
			assertThat(fast.readValue(json, Instant.class)).isEqualTo(configured.readValue(json, Instant.class));
		}
	}

	@Test
	void writesIntoWhatIsNoJsonAsJacksonDoes() {
		Instant instant = Instant.parse("2026-11-21T06:00:42.1234567Z");
		JsonMapper fast = FastJson.of(this.mapper);
		assertThat(fast.writeValueAsString(instant)).isEqualTo(this.mapper.writeValueAsString(instant));
		JsonNode tree = fast.valueToTree(instant);
		assertThat(tree).isEqualTo(this.mapper.<JsonNode>valueToTree(instant));
	}

	@Test
	void leavesAMapperOfAnotherClassAlone() {
		JsonMapper own = new JsonMapper() {
		};
		assertThat(FastJson.of(own)).isSameAs(own);
	}

	@Test
	void readsUuidsAsJacksonDoes() {
		JsonMapper fast = FastJson.of(this.mapper);
		for (String text : new String[] { "", "x", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAA",
				"1A2B3C4D-5E6F-4A7B-8C9D-00000000002A", "1a2b3c4d-5e6f-4a7b-8c9d-00000000002g",
				"1a2b3c4d-5e6f-4a7b-8c9d_00000000002a", "１a2b3c4d-5e6f-4a7b-8c9d-00000000002a",
				" 1a2b3c4d-5e6f-4a7b-8c9d-00000000002a", "1a2b3c4d-5e6f-4a7b-8c9d-00000000002" }) {
			uuidsAlike(fast, quoted(text));
		}
		for (int i = 0; i < 10_000; i++) {
			StringBuilder text = new StringBuilder(new UUID(this.random.nextLong(), this.random.nextLong()).toString());
			uuidsAlike(fast, quoted(text.toString()));
			text.setCharAt(this.random.nextInt(36), (char) (1 + this.random.nextInt(0x17f)));
			uuidsAlike(fast, fast.writeValueAsString(text.toString()));
		}
		for (String json : new String[] { "1", "null", "[]", "{}", "true" }) {
			uuidsAlike(fast, json);
		}
	}

	@Test
	void writesUuidsAsJacksonDoes() {
		JsonMapper fast = FastJson.of(this.mapper);
		ObjectWriter scratched = FastJson.withScratch(fast.writer());
		for (int i = 0; i < 10_000; i++) {
			Uuids uuids = new Uuids(new UUID(this.random.nextLong(), this.random.nextLong()),
					new UUID(this.random.nextInt(3), -this.random.nextInt(3)), instant(),
					new UUID(this.random.nextLong(), this.random.nextLong()));
			byte[] json = this.mapper.writeValueAsBytes(uuids);
			assertThat(fast.writeValueAsBytes(uuids)).isEqualTo(json);
			assertThat(scratched.writeValueAsBytes(uuids)).isEqualTo(json);
		}
	}

	@Test
	void makesRecordsAsJacksonDoes() {
		JsonMapper fast = FastJson.of(this.mapper);
		for (String json : new String[] { "{}", "{\"name\":\"a\",\"number\":1}", "{\"number\":-1}", "{\"number\":null}",
				"{\"name\":null,\"more\":2}", "{\"names\":[\"a\"]}", "{\"number\":-2}" }) {
			assertThat(outcome(fast, json, Picky.class)).as(json).isEqualTo(outcome(this.mapper, json, Picky.class));
			assertThat(outcome(fast, json, Made.class)).as(json).isEqualTo(outcome(this.mapper, json, Made.class));
		}
	}

	private void uuidsAlike(JsonMapper fast, String json) {
		assertThat(outcome(fast, json, UUID.class)).as(json).isEqualTo(outcome(this.mapper, json, UUID.class));
	}

	private Instant instant() {
		long second = this.random.nextLong(-100_000_000_000L, 300_000_000_000L);
		int[] units = { 1_000_000_000, 100_000_000, 1_000_000, 1_000, 100, 1 };
		int unit = units[this.random.nextInt(units.length)];
		return Instant.ofEpochSecond(second, (long) this.random.nextInt(1_000_000_000 / unit) * unit);
	}

	private static String quoted(String text) {
		return '"' + text + '"';
	}

	private static void writesAlike(JsonMapper mapper, JsonMapper fast, Instant instant) {
		assertThat(fast.writeValueAsBytes(instant)).as(instant.toString()).isEqualTo(mapper.writeValueAsBytes(instant));
		Holder holder = new Holder(instant);
		assertThat(fast.writeValueAsBytes(holder)).as(instant.toString()).isEqualTo(mapper.writeValueAsBytes(holder));
	}

	private void readsAlike(JsonMapper fast, String json) {
		assertThat(outcome(fast, json, Instant.class)).as(json).isEqualTo(outcome(this.mapper, json, Instant.class));
		String held = "{\"at\":" + json + "}";
		assertThat(outcome(fast, held, Holder.class)).as(json).isEqualTo(outcome(this.mapper, held, Holder.class));
	}

	private static String outcome(JsonMapper mapper, String json, Class<?> type) {
		try {
			return "read " + mapper.readValue(json, type);
		}
		catch (JacksonException | AssertionError ex) {
			return ex.getClass() + " " + ex.getMessage();
		}
	}

	record Holder(Instant at) {
	}

	record Uuids(UUID any, UUID small, Instant at, @JsonFormat(shape = JsonFormat.Shape.BINARY) UUID binary) {
	}

	private record Picky(String name, long number, List<String> names) {

		Picky {
			if (number == -1) {
				throw new IllegalArgumentException("less than nothing");
			}
			if (number == -2) {
				throw new AssertionError("even less");
			}
		}

	}

	private record Made(String name, long number) {

		@JsonCreator
		static Made of(@JsonProperty("name") String name, @JsonProperty("number") long number) {
			return new Made("made " + name, number);
		}

	}

	record Formats(@JsonFormat(pattern = "yyyy-MM-dd HH:mm:ss.SSS", timezone = "CET") Instant pattern,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant number,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER_INT,
					without = JsonFormat.Feature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS) Instant millis,
			@JsonFormat(shape = JsonFormat.Shape.STRING) Instant text, @JsonFormat(timezone = "CET") Instant zoned) {
	}

}
