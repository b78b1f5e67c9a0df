package dev.reactiveazure.core;

import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * A connector that runs on Reactor Netty, and tells on which client. Calls of ours then
 * go straight to that client, without Spring's request and response objects, of which
 * they need nothing; a {@code WebClient} uses the same connector as any other.
 */
public interface ReactorNettyConnector extends ClientHttpConnector {

	/**
	 * Return the client.
	 * @return the client to send the next request with; another one than before where
	 * what it is made of has changed
	 */
	HttpClient httpClient();

	/**
	 * Return a connector that tells on which client it runs.
	 * @param connector what connects for everybody else
	 * @param httpClient what that connector was made of
	 */
	static ReactorNettyConnector of(ClientHttpConnector connector, HttpClient httpClient) {
		return new OpenConnector(connector, httpClient);
	}

}
