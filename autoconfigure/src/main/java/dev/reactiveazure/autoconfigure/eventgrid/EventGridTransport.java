package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.HttpTransport;

/**
 * The HTTP connections of an auto-configured client: long polls have a pool of their own,
 * so that waiting for events never holds up an acknowledgement. A bean of its own, so
 * that they end after the client, and no {@code ClientHttpConnector} bean, for which
 * Boot's would back off.
 */
record EventGridTransport(HttpTransport http, HttpTransport receiveHttp) implements AutoCloseable {

	@Override
	public void close() {
		this.http.close();
		this.receiveHttp.close();
	}

}
