package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.util.function.Function;

import dev.reactiveazure.core.ReactorNettyConnector;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Opens connections with what an SSL bundle holds at the time. Exchanges that are on
 * their way when the bundle changes end on the connections they have; no later one is
 * sent over these.
 */
final class ReloadedConnector implements ReactorNettyConnector {

	private static final Log logger = LogFactory.getLog(ReloadedConnector.class);

	private final String name;

	private final Function<SslBundle, ? extends ReactorNettyConnector> connectors;

	private volatile ReactorNettyConnector current;

	/**
	 * Create a connector.
	 * @param name what logs call it
	 * @param bundle what the bundle holds now
	 * @param connectors makes connectors, whose connections must not be shared
	 */
	ReloadedConnector(String name, SslBundle bundle, Function<SslBundle, ? extends ReactorNettyConnector> connectors) {
		this.name = name;
		this.connectors = connectors;
		this.current = connectors.apply(bundle);
	}

	/**
	 * Use other certificates and keys from now on. What can't be used changes nothing and
	 * is said in the log, for whoever updates a bundle has others to tell.
	 */
	void reload(SslBundle bundle) {
		try {
			this.current = this.connectors.apply(bundle);
			logger.info("'" + this.name + "' opens connections with the updated SSL bundle from now on");
		}
		catch (RuntimeException ex) {
			logger.warn("'" + this.name + "' can't use the updated SSL bundle and goes on with what it had: "
					+ ex.getMessage());
		}
	}

	@Override
	public HttpClient httpClient() {
		return this.current.httpClient();
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return this.current.connect(method, uri, requestCallback);
	}

}
