package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.emulator.AzureEmulator;

/**
 * Connection details of the embedded emulator.
 */
record EmulatedEventGridConnection(AzureEndpoint endpoint,
		AzureCredential credential) implements EventGridConnectionDetails {

	static EmulatedEventGridConnection start(EmbeddedEmulator embedded, EventGridKind kind) {
		AzureEmulator emulator = embedded.startEventGrid();
		String endpoint = emulator.eventGridEndpoint() + (kind.isBasic() ? "/api/events" : "");
		return new EmulatedEventGridConnection(new AzureEndpoint(endpoint),
				new AzureCredential.AccessKey(emulator.eventGridKey()));
	}

	@Override
	public AzureEndpoint getEndpoint() {
		return this.endpoint;
	}

	@Override
	public AzureCredential getCredential() {
		return this.credential;
	}

	@Override
	public String getDescription() {
		return "the embedded emulator ('azure.emulator.enabled')";
	}

}
