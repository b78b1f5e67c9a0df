package dev.reactiveazure.autoconfigure.tables;

/**
 * What the client of a connection with a name is made of. A bean of its own, so that HTTP
 * connections end after the client.
 */
record NamedTablesConnection(TablesConnectionDetails details, TablesTransport transport) implements AutoCloseable {

	@Override
	public void close() {
		this.transport.close();
	}

}
