package dev.reactiveazure.autoconfigure.emulator;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows in the health which services are emulated: a running emulator is up, and the
 * reader is to know that it is one.
 */
final class EmulatorHealthIndicator extends AbstractHealthIndicator {

	private final EmbeddedEmulator emulator;

	EmulatorHealthIndicator(EmbeddedEmulator emulator) {
		this.emulator = emulator;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up()
			.withDetail("tables", emulated(this.emulator.tablesEndpoint() != null))
			.withDetail("eventgrid", emulated(this.emulator.eventGridEndpoint() != null));
	}

	private static String emulated(boolean emulated) {
		return emulated ? "emulated" : "not emulated";
	}

}
