package dev.reactiveazure.benchmarks.worker;

import java.util.List;
import java.util.Objects;

import dev.reactiveazure.benchmarks.measure.Sample;
import org.jspecify.annotations.Nullable;

/**
 * What a worker answers to a command: one line of its standard output that starts with
 * {@link #START}, because clients may write there, too.
 */
public sealed interface Reply {

	/**
	 * What the line starts with.
	 */
	String START = "worker: ";

	/**
	 * The reply as a line.
	 * @return the line with {@link #START} and without its end
	 */
	String toLine();

	/**
	 * Read a line.
	 * @param line what {@link #toLine()} returned, without {@link #START}
	 * @return the reply
	 */
	static Reply parse(String line) {
		int space = line.indexOf(' ');
		String rest = line.substring(space + 1);
		return switch ((space < 0) ? line : line.substring(0, space)) {
			case "done" -> new Done();
			case "measured" -> Measured.parse(rest);
			case "failed" -> new Failed(rest);
			default -> throw new IllegalArgumentException("'" + line + "' is no reply of a worker");
		};
	}

	/**
	 * The worker has done what it was told.
	 */
	record Done() implements Reply {

		@Override
		public String toLine() {
			return START + "done";
		}

	}

	/**
	 * The worker has measured.
	 *
	 * @param sample what it measured
	 */
	record Measured(Sample sample) implements Reply {

		@Override
		public String toLine() {
			return START + "measured %s %s %s %s %s".formatted(this.sample.cpuMicros(), this.sample.bytes(),
					this.sample.wallMicros(), Objects.requireNonNullElse(this.sample.p50Micros(), "-"),
					Objects.requireNonNullElse(this.sample.p99Micros(), "-"));
		}

		static Measured parse(String numbers) {
			List<String> words = List.of(numbers.split(" "));
			return new Measured(new Sample(Double.parseDouble(words.get(0)), Double.parseDouble(words.get(1)),
					Double.parseDouble(words.get(2)), latency(words.get(3)), latency(words.get(4))));
		}

		private static @Nullable Double latency(String word) {
			return word.equals("-") ? null : Double.valueOf(word);
		}

	}

	/**
	 * The worker could not do what it was told.
	 *
	 * @param reason why, in one line
	 */
	record Failed(String reason) implements Reply {

		/**
		 * Makes one line of several.
		 */
		public Failed {
			reason = reason.replaceAll("\\s+", " ").strip();
		}

		@Override
		public String toLine() {
			return START + "failed " + this.reason;
		}

	}

}
