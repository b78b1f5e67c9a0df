package dev.reactiveazure.autoconfigure.tables;

import java.util.List;

import dev.reactiveazure.autoconfigure.DefaultConnectionCondition;

/**
 * Whether there is a default connection to Table storage.
 */
final class OnDefaultTablesConnection extends DefaultConnectionCondition {

	OnDefaultTablesConnection() {
		super(TablesConnections.PREFIX, List.of("connection-string", "endpoint", "account-name", "account-key",
				"account-key-file", "sas-token", "sas-token-file", "entra.credential"));
	}

}
