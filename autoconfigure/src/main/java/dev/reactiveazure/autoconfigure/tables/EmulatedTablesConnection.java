package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.tables.ConnectionString;

/**
 * Connection details of the embedded emulator.
 */
record EmulatedTablesConnection(AzureEndpoint endpoint, AzureCredential credential) implements TablesConnectionDetails {

	static EmulatedTablesConnection start(EmbeddedEmulator emulator) {
		ConnectionString connection = ConnectionString.parse(emulator.startTables().tablesConnectionString());
		return new EmulatedTablesConnection(connection.endpoint(), connection.credential());
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
