package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.List;

import dev.reactiveazure.autoconfigure.DefaultConnectionCondition;

/**
 * Whether there is a default connection to Event Grid.
 */
final class OnDefaultEventGridConnection extends DefaultConnectionCondition {

	OnDefaultEventGridConnection() {
		super(EventGridConnections.PREFIX, List.of("endpoint", "access-key", "access-key-file", "sas-token",
				"sas-token-file", "entra.credential"));
	}

}
