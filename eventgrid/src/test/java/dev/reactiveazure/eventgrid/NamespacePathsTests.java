package dev.reactiveazure.eventgrid;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NamespacePaths}.
 */
class NamespacePathsTests {

	private static final String PATH = "/topics/or%2Fders/eventsubscriptions/b%20%25";

	private final NamespacePaths paths = new NamespacePaths("or/ders", "b %", "2024-06-01");

	@Test
	void keepsTheColonBeforeTheActionAndEncodesNamesOnce() {
		assertThat(NamespacePaths.publish("or/ders", "2024-06-01"))
			.isEqualTo("/topics/or%2Fders:publish?api-version=2024-06-01");
		assertThat(this.paths.acknowledge()).isEqualTo(PATH + ":acknowledge?api-version=2024-06-01");
		assertThat(this.paths.reject()).isEqualTo(PATH + ":reject?api-version=2024-06-01");
		assertThat(this.paths.renewLock()).isEqualTo(PATH + ":renewLock?api-version=2024-06-01");
	}

	@Test
	void givesTheReleaseDelayAsAQueryParameter() {
		assertThat(this.paths.release(ReleaseDelay.TEN_MINUTES))
			.isEqualTo(PATH + ":release?api-version=2024-06-01&releaseDelayInSeconds=600");
	}

	@Test
	void givesTheWaitInWholeSeconds() {
		assertThat(this.paths.receive(new ReceiveOptions(7, Duration.ofMinutes(2))))
			.isEqualTo(PATH + ":receive?api-version=2024-06-01&maxEvents=7&maxWaitTime=120");
	}

}
