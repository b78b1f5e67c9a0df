package dev.reactiveazure.autoconfigure.eventgrid;

/**
 * What the client of a connection with a name is made of. A bean of its own, so that HTTP
 * connections end after the client.
 */
record NamedEventGridConnection(EventGridConnectionDetails details,
		EventGridTransport transport) implements AutoCloseable {

	@Override
	public void close() {
		this.transport.close();
	}

}
