package dev.reactiveazure.eventgrid;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import io.cloudevents.CloudEventData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.OutputDecorator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EventDataWriter}, compared with Jackson on random input.
 */
class EventDataWriterTests {

	private static final String ALPHABET = "ab \"\\/\b\f\n\r\t\u0000\u001f\u007fé߿ࠀ\u2028\uD83D\uDE00€";

	private final JsonMapper mapper = JsonMapper.builder()
		.addModule(new SimpleModule().addSerializer(Unfinished.class, new UnfinishedSerializer()))
		.build();

	private final EventDataWriter writer = new EventDataWriter(this.mapper);

	private final Random random = new Random(80);

	@Test
	void writesWhatTheMapperWrites() {
		for (int i = 0; i < 5_000; i++) {
			Object value = value(3);
			assertThat(outcome(this.writer, value)).isEqualTo(outcome(this.mapper, value));
		}
	}

	@Test
	void writesDeferredValuesIntoADocumentAsTheMapperDoes() {
		for (int i = 0; i < 2_000; i++) {
			Object value = value(3);
			assertThat(deferredOutcome(this.writer, value)).isEqualTo(embeddedOutcome(this.mapper, value));
		}
	}

	@Test
	void writesADeferredValueAsItIsByThen() {
		Map<String, Object> value = new LinkedHashMap<>();
		CloudEventData data = this.writer.deferred(value);
		value.put("a", 1);
		assertThat(data.toBytes()).asString().isEqualTo("{\"a\":1}");
		value.put("a", 2);
		assertThat(data.toBytes()).asString().isEqualTo("{\"a\":2}");
	}

	@Test
	void namesEventAndPlaceOfADeferredValueButNeverTheValue() {
		Map<String, Object> broken = Map.of("secret-key", new Broken());
		GridEvent event = GridEvent.builder("e1", URI.create("/shop"), "com.example.t")
			.data(this.writer.deferred(broken))
			.build();
		assertThat(event.getData()).hasToString("DeferredData[" + broken.getClass().getName() + "]");
		assertThatExceptionOfType(UnwritableDataException.class)
			.isThrownBy(() -> CloudEventWriter.write(event, null, new RepeatedTexts(), new JsonWriter(new ByteSink())))
			.withMessageStartingWith("Could not write " + broken.getClass().getName()
					+ " as the data of event 'e1' of type 'com.example.t': ")
			.withNoCause()
			.satisfies((error) -> {
				assertThat(error.eventId()).isEqualTo("e1");
				assertThat(error.eventType()).isEqualTo("com.example.t");
			});
	}

	private Object deferredOutcome(EventDataWriter writer, Object value) {
		ByteSink sink = new ByteSink();
		JsonWriter out = new JsonWriter(sink);
		out.beginArray().value(1);
		try {
			((DeferredData) writer.deferred(value)).write(event(), out);
		}
		catch (UnwritableDataException ex) {
			return String.valueOf(ex.getMessage());
		}
		out.value(2).endArray();
		return new String(sink.toByteArray(), StandardCharsets.UTF_8);
	}

	private static Object embeddedOutcome(JsonMapper mapper, Object value) {
		try {
			return "[1," + mapper.writeValueAsString(value) + ",2]";
		}
		catch (JacksonException ex) {
			return String.valueOf(new UnwritableDataException(event(), value, ex).getMessage());
		}
	}

	private static GridEvent event() {
		return GridEvent.builder("e1", URI.create("/shop"), "com.example.t").build();
	}

	@Test
	void writesScalarsWithoutWhatIsBetweenValues() {
		for (Object value : Arrays.asList(1, 2L, "a", null, true, 1.5, new int[0], Map.of())) {
			assertThat(this.writer.write(value)).isEqualTo(EventData.json(this.mapper, value));
		}
	}

	@Test
	void goesOnAfterAValueThatCanNotBeWritten() {
		Map<String, Object> broken = new LinkedHashMap<>();
		broken.put("a", List.of(1, new Broken()));
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> this.writer.write(broken));
			assertThat(this.writer.write(Map.of("b", i)).toBytes()).asString().isEqualTo("{\"b\":" + i + "}");
		}
	}

	@Test
	void closesWhatASerializerLeftOpenAndLeavesTheNextAlone() {
		assertThat(this.writer.write(new Unfinished()).toBytes()).asString().isEqualTo("{\"open\":[]}");
		assertThat(this.writer.write(1).toBytes()).asString().isEqualTo("1");
	}

	@Test
	void cutsOffWhatAFailedAttemptLeftInADocument() {
		JsonMapper odd = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(Unfinished.class, new UnfinishedSerializer())
				.addSerializer(new LeavingSerializer()))
			.build();
		EventDataWriter writer = new EventDataWriter(odd);
		for (Object value : List.of(new Unfinished(), new Leaving(new Identified()), "x".repeat(20_000))) {
			assertThat(deferredOutcome(writer, List.of("y".repeat(9_000), value)))
				.isEqualTo(embeddedOutcome(odd, List.of("y".repeat(9_000), value)));
			assertThat(deferredOutcome(writer, value)).isEqualTo(embeddedOutcome(odd, value));
		}
	}

	@Test
	void hasAStreamOfItsOwnForEachValueWhereTheMapperDecoratesThem() {
		JsonMapper decorating = JsonMapper.builder(JsonFactory.builder().outputDecorator(new Trailing()).build())
			.build();
		EventDataWriter writer = new EventDataWriter(decorating);
		for (int i = 0; i < 3; i++) {
			assertThat(writer.write(i).toBytes()).asString().isEqualTo(i + " ");
		}
	}

	@Test
	void knowsNoObjectOfAnEarlierEventAgain() {
		Identified identified = new Identified();
		String json = new String(this.writer.write(identified).toBytes(), StandardCharsets.UTF_8);
		assertThat(json).contains("\"name\"");
		assertThat(this.writer.write(identified).toBytes()).asString().isEqualTo(json);
	}

	@Test
	void knowsNoObjectOfAnEarlierEventAgainWhereASerializerLeavesItToItsGenerator() {
		JsonMapper leaving = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(new LeavingSerializer()))
			.build();
		EventDataWriter writer = new EventDataWriter(leaving);
		Identified identified = new Identified();
		for (int i = 0; i < 3; i++) {
			Leaving value = new Leaving(identified);
			assertThat(writer.write(value)).isEqualTo(EventData.json(leaving, value));
			assertThat(writer.write(value).toBytes()).asString().contains("\"name\"");
		}
	}

	@Test
	void goesOnAfterASerializerThatClosesItsGenerator() {
		JsonMapper closing = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(new ClosingSerializer()))
			.build();
		EventDataWriter writer = new EventDataWriter(closing);
		for (int i = 0; i < 3; i++) {
			assertThat(writer.write(new Unfinished()).toBytes()).asString().isEqualTo("[]");
			assertThat(writer.write(Map.of("a", 1)).toBytes()).asString().isEqualTo("{\"a\":1}");
		}
	}

	@Test
	void writesWithTheLayoutOfTheMapper() {
		JsonMapper indenting = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
		EventDataWriter indented = new EventDataWriter(indenting);
		for (int i = 0; i < 3; i++) {
			assertThat(indented.write(Map.of("a", 1))).isEqualTo(EventData.json(indenting, Map.of("a", 1)));
		}
	}

	@Test
	void writesLargeValuesBetweenSmallOnes() {
		String large = "é".repeat(700_000);
		for (int i = 0; i < 4; i++) {
			assertThat(this.writer.write(large)).isEqualTo(EventData.json(this.mapper, large));
			assertThat(this.writer.write("small")).isEqualTo(EventData.json(this.mapper, "small"));
		}
	}

	@Test
	void writesAPayloadThatIsWrittenWhileAnotherIs() {
		JsonMapper plain = JsonMapper.builder().build();
		EventDataWriter inner = new EventDataWriter(plain);
		JsonMapper nesting = JsonMapper.builder()
			.addModule(new SimpleModule().addSerializer(new Nesting(inner)))
			.build();
		EventDataWriter outer = new EventDataWriter(nesting);
		for (int i = 0; i < 3; i++) {
			assertThat(outer.write(List.of(new Nested("x"), 1)).toBytes()).asString().isEqualTo("[\"[x]\",1]");
		}
	}

	private static Object outcome(EventDataWriter writer, Object value) {
		try {
			return writer.write(value);
		}
		catch (JacksonException ex) {
			return ex.getClass() + " " + ex.getMessage();
		}
	}

	private static Object outcome(JsonMapper mapper, Object value) {
		try {
			return EventData.json(mapper, value);
		}
		catch (JacksonException ex) {
			return ex.getClass() + " " + ex.getMessage();
		}
	}

	private Object value(int depth) {
		return switch (this.random.nextInt((depth > 0) ? 16 : 12)) {
			case 0 -> this.random.nextLong();
			case 1 -> this.random.nextInt(100);
			case 2 -> Double.longBitsToDouble(this.random.nextLong());
			case 3 -> this.random.nextFloat();
			case 4 ->
				new BigDecimal(new BigInteger(this.random.nextInt(200), this.random), this.random.nextInt(-40, 40));
			case 5 -> Instant.ofEpochSecond(this.random.nextLong(-100_000_000_000L, 300_000_000_000L),
					this.random.nextInt(1_000_000_000));
			case 6 -> new UUID(this.random.nextLong(), this.random.nextLong());
			case 7 -> LocalDate.ofEpochDay(this.random.nextInt(-1_000_000, 1_000_000));
			case 8 -> new byte[this.random.nextInt(50)];
			case 9 -> this.random.nextBoolean();
			case 10 -> (this.random.nextInt(20) == 0) ? new Broken() : Thread.State.RUNNABLE;
			case 11 -> text();
			case 12 -> new Payload(text(), this.random.nextLong(), this.random.nextDouble(), Instant.EPOCH, null);
			case 13 -> List.of(value(depth - 1), value(depth - 1));
			case 14 -> new ArrayList<>();
			default -> Map.of(text(), value(depth - 1));
		};
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int i = this.random.nextInt(40); i > 0; i--) {
			text.appendCodePoint(ALPHABET.codePointAt(this.random.nextInt(ALPHABET.length() - 3)));
		}
		return text.toString();
	}

	record Payload(String name, long number, double amount, Instant at, @Nullable UUID reference) {
	}

	static final class Broken {

		public String getName() {
			throw new IllegalStateException("broken");
		}

	}

	static final class Unfinished {

	}

	@JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
	static final class Identified {

		public String getName() {
			return "name";
		}

	}

	record Nested(String text) {
	}

	private static final class UnfinishedSerializer extends StdSerializer<Unfinished> {

		UnfinishedSerializer() {
			super(Unfinished.class);
		}

		@Override
		public void serialize(Unfinished value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartObject();
			generator.writeName("open");
			generator.writeStartArray();
		}

	}

	/**
	 * Ends each stream with a blank.
	 */
	private static final class Trailing extends OutputDecorator {

		private static final long serialVersionUID = 1L;

		@Override
		public OutputStream decorate(IOContext context, OutputStream out) {
			return new FilterOutputStream(out) {

				@Override
				public void close() throws IOException {
					this.out.write(' ');
					super.close();
				}

			};
		}

		@Override
		public Writer decorate(IOContext context, Writer out) {
			return out;
		}

	}

	record Leaving(Identified identified) {
	}

	private static final class LeavingSerializer extends StdSerializer<Leaving> {

		LeavingSerializer() {
			super(Leaving.class);
		}

		@Override
		public void serialize(Leaving value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartObject();
			generator.writePOJOProperty("identified", value.identified());
			generator.writeEndObject();
		}

	}

	private static final class ClosingSerializer extends StdSerializer<Unfinished> {

		ClosingSerializer() {
			super(Unfinished.class);
		}

		@Override
		public void serialize(Unfinished value, JsonGenerator generator, SerializationContext context) {
			generator.writeStartArray();
			generator.writeEndArray();
			generator.close();
		}

	}

	private static final class Nesting extends StdSerializer<Nested> {

		private final EventDataWriter inner;

		Nesting(EventDataWriter inner) {
			super(Nested.class);
			this.inner = inner;
		}

		@Override
		public void serialize(Nested value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(
					"[" + new String(this.inner.write(value).toBytes(), StandardCharsets.UTF_8).charAt(9) + "]");
		}

	}

}
