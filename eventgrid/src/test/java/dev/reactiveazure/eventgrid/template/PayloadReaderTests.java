package dev.reactiveazure.eventgrid.template;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PayloadReader}, compared with Jackson on random input.
 */
class PayloadReaderTests {

	private static final List<Type> TYPES = List.of(Payload.class, JsonNode.class, Object.class, String.class,
			Long.class, BigDecimal.class, Map.class);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final PayloadReader reader = new PayloadReader(this.mapper);

	private final Random random = new Random(81);

	@Test
	void readsWhatTheMapperReads() {
		for (int i = 0; i < 5_000; i++) {
			byte[] json = json();
			Type type = TYPES.get(this.random.nextInt(TYPES.size()));
			assertThat(outcome(json, type)).as(() -> text(json) + " as " + type).isEqualTo(plainOutcome(json, type));
		}
	}

	@Test
	void failsAsTheMapperDoesAndGoesOn() {
		for (int i = 0; i < 2_000; i++) {
			byte[] json = json();
			if (this.random.nextInt(3) == 0) {
				json[this.random.nextInt(json.length)] = (byte) "{}[],:\"\\x \u0000\u007f9"
					.charAt(this.random.nextInt(13));
			}
			assertThat(outcome(json, Payload.class)).as(() -> text(json)).isEqualTo(plainOutcome(json, Payload.class));
		}
	}

	@Test
	void readsNumbersThatNothingEnds() {
		for (int i = 10; i < 30; i++) {
			assertThat(this.reader.read(bytes("12" + i), Long.class)).isEqualTo(Long.parseLong("12" + i));
			assertThat(this.reader.read(bytes("12345678901234567" + i), Long.class))
				.isEqualTo(Long.parseLong("12345678901234567" + i));
			assertThat(this.reader.read(bytes("{}" + " ".repeat(i)), Map.class)).isEqualTo(Map.of());
			assertThat(this.reader.read(bytes("true" + "\n".repeat(i)), Boolean.class)).isEqualTo(true);
			assertThat(this.reader.read(bytes(" ".repeat(i) + "null"), Payload.class)).isNull();
		}
	}

	@Test
	void knowsNoObjectOfAnEarlierEventWhereADeserializerLeavesItToItsParser() {
		JsonMapper leaving = JsonMapper.builder()
			.addModule(new SimpleModule().addDeserializer(Leaving.class, new LeavingDeserializer()))
			.build();
		PayloadReader reader = new PayloadReader(leaving);
		for (int i = 0; i < 3; i++) {
			assertThat(reader.read(bytes("{\"id\":7,\"name\":\"Ann\"}"), Leaving.class))
				.isInstanceOfSatisfying(Leaving.class, (read) -> assertThat(read.customer().name).isEqualTo("Ann"));
			assertThatExceptionOfType(JacksonException.class)
				.isThrownBy(() -> reader.read(bytes("7                    "), Leaving.class));
		}
	}

	@Test
	void readsLargeValuesBetweenSmallOnes() {
		String large = "é€\uD83D\uDE00".repeat(200_000);
		for (int i = 0; i < 4; i++) {
			assertThat(this.reader.read(bytes('"' + large + '"'), String.class)).isEqualTo(large);
			assertThat(this.reader.read(bytes("\"small\""), String.class)).isEqualTo("small");
		}
	}

	@Test
	void readsOtherEncodingsAsTheMapperDoes() {
		byte[] json = "{\"name\":\"é\"}".getBytes(StandardCharsets.UTF_16BE);
		this.reader.read(bytes("{}"), Map.class);
		assertThat(this.reader.read(json, Map.class)).isEqualTo(Map.of("name", "é"));
		assertThat(this.reader.read(bytes("{}"), Map.class)).isEqualTo(Map.of());
	}

	@Test
	void leavesNothingOfOneValueToTheNext() {
		for (String json : new String[] { "1 2", "{} {}", "[] ", "\"a\"]", "{}}", " {} \n", "" }) {
			byte[] alone = bytes(json);
			assertThat(outcome(alone, Object.class)).as(json).isEqualTo(plainOutcome(alone, Object.class));
			byte[] shared = bytes(" ".repeat(20) + json);
			assertThat(outcome(shared, Object.class)).as(json).isEqualTo(plainOutcome(shared, Object.class));
			assertThat(this.reader.read(bytes("[3]" + " ".repeat(20)), Object.class)).isEqualTo(List.of(3));
			assertThat(this.reader.read(bytes(" ".repeat(20) + "[3]"), Object.class)).isEqualTo(List.of(3));
		}
	}

	private Object outcome(byte[] json, Type type) {
		try {
			return "read " + this.reader.read(json, type);
		}
		catch (JacksonException ex) {
			return ex.getClass() + " " + ex.getMessage();
		}
	}

	private Object plainOutcome(byte[] json, Type type) {
		try {
			return "read " + this.mapper.<@Nullable Object>readValue(json, this.mapper.constructType(type));
		}
		catch (JacksonException ex) {
			return ex.getClass() + " " + ex.getMessage();
		}
	}

	private byte[] json() {
		return switch (this.random.nextInt(8)) {
			case 0 -> bytes(Long.toString(this.random.nextLong()));
			case 1 -> this.mapper.writeValueAsBytes(text());
			case 2 -> this.mapper.writeValueAsBytes(List.of(text(), this.random.nextDouble()));
			case 3 -> bytes("null");
			case 4 -> this.mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(members());
			default -> this.mapper.writeValueAsBytes(members());
		};
	}

	private Map<String, Object> members() {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("name", text());
		members.put("number", this.random.nextLong());
		members.put("amount", this.random.nextInt(1000) / 4.0);
		members.put("at", Instant.ofEpochSecond(this.random.nextInt(), this.random.nextInt(1_000_000_000)).toString());
		members.put("reference", new UUID(this.random.nextLong(), this.random.nextLong()));
		if (this.random.nextInt(10) == 0) {
			members.put("number", "x");
		}
		if (this.random.nextInt(10) == 0) {
			members.put(text(), 1);
		}
		return members;
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(20); i > 0; i--) {
			text.appendCodePoint(
					(this.random.nextInt(3) == 0) ? 0x1F600 + this.random.nextInt(50) : 1 + this.random.nextInt(0x2FF));
		}
		return text.toString();
	}

	private static byte[] bytes(String json) {
		return json.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] json) {
		return new String(json, StandardCharsets.UTF_8);
	}

	record Payload(String name, long number, double amount, Instant at, @Nullable UUID reference) {
	}

	record Leaving(Customer customer) {
	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
	static final class Customer {

		public int id;

		public @Nullable String name;

	}

	private static final class LeavingDeserializer extends StdDeserializer<Leaving> {

		LeavingDeserializer() {
			super(Leaving.class);
		}

		@Override
		public Leaving deserialize(JsonParser parser, DeserializationContext context) {
			return new Leaving(parser.readValueAs(Customer.class));
		}

	}

}
