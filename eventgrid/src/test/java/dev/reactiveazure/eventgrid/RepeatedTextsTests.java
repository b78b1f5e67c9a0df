package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RepeatedTexts}, compared with the writer on random input.
 */
class RepeatedTextsTests {

	private static final String[] PARTS = { "a", "order", "/", "\"", "\\", "é", "€", "😀", "Ł", " ", "x".repeat(300) };

	private static final JsonWriter.Name NAME = JsonWriter.Name.of("source");

	private final RepeatedTexts texts = new RepeatedTexts();

	private final Random random = new Random(3);

	@Test
	void writesWhatTheWriterWritesHoweverOftenAndInWhateverOrder() {
		for (int i = 0; i < 20_000; i++) {
			String text = text();
			JsonWriter expected = new JsonWriter(new ByteSink());
			expected.beginObject().name(NAME).value(text).name(NAME).value(text);
			JsonWriter actual = new JsonWriter(new ByteSink());
			this.texts.write("source", text, actual.beginObject().name(NAME));
			this.texts.write("source", text, actual.name(NAME));
			assertThat(written(actual)).isEqualTo(written(expected));
		}
	}

	@Test
	void refusesEachTimeWhatIsNoTextOfCloudEvents() {
		for (String odd : new String[] { "a\nb", "\u0000", "a\u007f", "\u0085", "\ud83d", "x\ude00" }) {
			for (int i = 0; i < 3; i++) {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> this.texts.write("type", odd, new JsonWriter(new ByteSink())))
					.withMessageStartingWith("The attribute 'type' has a control character");
			}
		}
	}

	private String text() {
		StringBuilder text = new StringBuilder();
		for (int left = this.random.nextInt(4); left >= 0; left--) {
			text.append(PARTS[this.random.nextInt(PARTS.length)]);
		}
		return text.toString();
	}

	private static String written(JsonWriter writer) {
		return new String(writer.sink().toByteArray(), StandardCharsets.UTF_8);
	}

}
