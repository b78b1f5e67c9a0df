package dev.reactiveazure.autoconfigure.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Shows in {@code /actuator/info} which services are emulated. Says nothing if none is.
 */
final class EmulatorInfoContributor implements InfoContributor {

	private final EmbeddedEmulator emulator;

	EmulatorInfoContributor(EmbeddedEmulator emulator) {
		this.emulator = emulator;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, String> emulated = new LinkedHashMap<>();
		String tables = this.emulator.tablesEndpoint();
		if (tables != null) {
			emulated.put("tables", tables);
		}
		String eventGrid = this.emulator.eventGridEndpoint();
		if (eventGrid != null) {
			emulated.put("eventgrid", eventGrid);
		}
		if (!emulated.isEmpty()) {
			builder.withDetail("azure-emulator", emulated);
		}
	}

}
