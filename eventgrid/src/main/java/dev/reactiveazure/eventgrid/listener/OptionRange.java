package dev.reactiveazure.eventgrid.listener;

/**
 * Refuses options that are out of their range.
 * <p>
 * Takes no suppliers of messages: an application that starts checks all of its options
 * once, and would make a class for each of them.
 */
final class OptionRange {

	private OptionRange() {
	}

	/**
	 * Refuse an option.
	 * @param valid whether it is in its range
	 * @param rule names it and says what it must be
	 * @param value what it is
	 * @throws IllegalArgumentException if it is not in its range
	 */
	static void require(boolean valid, String rule, Object value) {
		if (!valid) {
			throw new IllegalArgumentException(rule + ", but was " + value);
		}
	}

}
