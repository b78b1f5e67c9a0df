package dev.reactiveazure.eventgrid;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ReceiveOptions}.
 */
class ReceiveOptionsTests {

	@ParameterizedTest
	@ValueSource(ints = { -20, 0, 101 })
	void refusesCountsThatTheServiceRefuses(int maxEvents) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReceiveOptions.defaults().withMaxEvents(maxEvents))
			.withMessageContaining("maxEvents")
			.withMessageContaining(Integer.toString(maxEvents));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT-20S", "PT0S", "PT9S", "PT9.999S", "PT120.001S", "PT121S", "PT10.5S" })
	void refusesWaitsThatTheServiceRefuses(Duration maxWait) {
		assertThatIllegalArgumentException().isThrownBy(() -> ReceiveOptions.defaults().withMaxWait(maxWait))
			.withMessageContaining("maxWait")
			.withMessageContaining(maxWait.toString());
	}

	@Test
	void acceptsTheEndsOfTheRanges() {
		assertThat(new ReceiveOptions(1, Duration.ofSeconds(10)).maxEvents()).isOne();
		assertThat(new ReceiveOptions(100, Duration.ofSeconds(120)).maxEvents()).isEqualTo(100);
	}

}
