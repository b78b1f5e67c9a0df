package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.HttpTransport;

/**
 * The HTTP connections of an auto-configured client. A bean of its own, so that they end
 * after the client, and no {@code ClientHttpConnector} bean, for which Boot's would back
 * off.
 */
record TablesTransport(HttpTransport http) implements AutoCloseable {

	@Override
	public void close() {
		this.http.close();
	}

}
