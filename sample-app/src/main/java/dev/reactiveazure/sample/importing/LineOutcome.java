package dev.reactiveazure.sample.importing;

/**
 * What became of a line.
 */
sealed interface LineOutcome permits LineOutcome.Placed, FailedLine {

	/**
	 * The line is an order.
	 */
	enum Placed implements LineOutcome {

		/** It was stored now. */
		IMPORTED,

		/** It was there already. */
		EXISTING

	}

}
