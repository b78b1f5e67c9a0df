package dev.reactiveazure.core.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Turns a complete answer into a value, on the thread that received its last byte.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
public interface AnswerReader<T> {

	/**
	 * Read an answer that this reader {@linkplain #reads reads}.
	 * @return the value; {@code null} completes the call without one
	 * @throws RuntimeException what can't be read; becomes the call's
	 * {@link dev.reactiveazure.core.InvalidAnswerException}
	 */
	@Nullable T read(Answer answer);

	/**
	 * Return whether an answer is for this reader rather than an error.
	 */
	default boolean reads(Answer answer) {
		return answer.isSuccess();
	}

	/**
	 * Return the error that an answer is, or holds.
	 * @return the answer itself, or one that travels {@linkplain Answer#part within} it;
	 * {@code null} where it is for this reader
	 * @throws RuntimeException as {@link #read}
	 */
	default @Nullable Answer refusal(Answer answer) {
		return reads(answer) ? null : answer;
	}

	/**
	 * Return a reader of answers whose body says nothing.
	 */
	static AnswerReader<Void> nothing() {
		return (answer) -> null;
	}

}
