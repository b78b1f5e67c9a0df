package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventGridSettings}.
 */
class EventGridSettingsTests {

	@Test
	void followTheServiceByDefault() {
		EventGridSettings settings = EventGridSettings.defaults();

		assertThat(settings.lockDuration()).isEqualTo(Duration.ofSeconds(60));
		assertThat(settings.maxDeliveryCount()).isEqualTo(10);
		assertThat(settings.timeToLive()).isEqualTo(Duration.ofDays(7));
		assertThat(settings.createOnFirstUse()).isFalse();
		assertThat(settings.strictValidation()).isTrue();
	}

	@Test
	void doNotShowTheKey() {
		assertThat(EventGridSettings.builder().accessKey("secret").build().toString()).doesNotContain("secret");
	}

	@ParameterizedTest
	@MethodSource("outOfRange")
	void nameTheSettingThatIsOutOfRange(EventGridSettings.Builder builder, String name) {
		assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(name);
	}

	static Stream<Arguments> outOfRange() {
		return Stream.of(Arguments.of(EventGridSettings.builder().accessKey(" "), "accessKey"),
				Arguments.of(EventGridSettings.builder().lockDuration(Duration.ZERO), "lockDuration"),
				Arguments.of(EventGridSettings.builder().maxDeliveryCount(0), "maxDeliveryCount"),
				Arguments.of(EventGridSettings.builder().timeToLive(Duration.ofSeconds(-1)), "timeToLive"),
				Arguments.of(EventGridSettings.builder().maxBodyBytes(0), "maxBodyBytes"),
				Arguments.of(EventGridSettings.builder().tooLargeStatus(400), "tooLargeStatus"),
				Arguments.of(EventGridSettings.builder().historyLimit(-1), "historyLimit"),
				Arguments.of(EventGridSettings.builder().deadLetterLimit(-1), "deadLetterLimit"),
				Arguments.of(EventGridSettings.builder().basicEventLimit(-1), "basicEventLimit"));
	}

}
