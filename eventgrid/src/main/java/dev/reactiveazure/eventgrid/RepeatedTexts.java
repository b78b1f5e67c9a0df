package dev.reactiveazure.eventgrid;

import java.util.Arrays;

import dev.reactiveazure.core.pipeline.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that event after event has, such as its source: checked and encoded once,
 * and copied from then on. Compared with the plain way on random input in
 * {@code RepeatedTextsTests}.
 * <p>
 * Thread-safe without a lock, as what is remembered is immutable: a thread that sees an
 * older text for a place writes its own into it.
 */
final class RepeatedTexts {

	private static final int PLACES = 16;

	/** Longer texts are not remembered: they are not what all events have. */
	private static final int LONGEST = 256;

	private final @Nullable Known[] known = new Known[PLACES];

	/**
	 * Write an attribute's value.
	 * @param label the attribute's name
	 * @throws IllegalArgumentException if it is no CloudEvents string
	 */
	void write(String label, String text, JsonWriter out) {
		int place = text.hashCode() & (PLACES - 1);
		Known candidate = this.known[place];
		if (candidate != null && candidate.text.equals(text)) {
			out.raw(candidate.json);
			return;
		}
		EventAttributes.requireText(label, text);
		int before = out.sink().length();
		out.value(text);
		if (text.length() <= LONGEST) {
			byte[] json = Arrays.copyOfRange(out.sink().array(), before, out.sink().length());
			this.known[place] = new Known(text, json);
		}
	}

	/**
	 * A text behind a name, and so without a comma.
	 */
	private static final class Known {

		private final String text;

		private final byte[] json;

		Known(String text, byte[] json) {
			this.text = text;
			this.json = json;
		}

	}

}
