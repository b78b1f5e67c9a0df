package dev.reactiveazure.autoconfigure;

import reactor.netty.http.client.HttpClient;

/**
 * Changes Reactor Netty's client of a connection: metrics, wiretap, a resolver, event
 * loops. All beans of this type are called, in their order, after the properties were
 * applied, and again when an SSL bundle is reloaded. Not called where another HTTP client
 * is used.
 */
@FunctionalInterface
public interface AzureHttpClientCustomizer {

	/**
	 * Change the client.
	 * @param pool the name of its connection pool: {@code azure-tables},
	 * {@code azure-eventgrid} or {@code azure-eventgrid-receive} for the default
	 * connections, with a dash and the connection's name at its end for others
	 * @param client the client, on a pool of its own
	 * @return the client to use
	 */
	HttpClient customize(String pool, HttpClient client);

}
