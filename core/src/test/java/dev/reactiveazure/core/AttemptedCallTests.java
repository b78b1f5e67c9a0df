package dev.reactiveazure.core;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AttemptedCallTests {

	@Test
	void saysWhatConfiguresAConnectionThatCannotBeMade() {
		NotSentException failure = new NotSentException(call("'azure.tables.endpoint'"), "no connection", null);
		assertThat(failure)
			.hasMessageEndingWith(": no connection. The connection is configured by 'azure.tables.endpoint'");
	}

	@Test
	void saysNothingWhereThatIsNotKnown() {
		NotSentException failure = new NotSentException(call(null), "no connection", null);
		assertThat(failure).hasMessage("Could not insert entity on table 'orders' at https://host: no connection");
	}

	private static AttemptedCall call(@Nullable String configuredBy) {
		return new AttemptedCall("insert entity", "table 'orders'", "https://host", 1, false, configuredBy);
	}

}
