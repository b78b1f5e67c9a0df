package dev.reactiveazure.core.pipeline;

import dev.reactiveazure.core.HttpPool;
import dev.reactiveazure.core.PoolOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What sends a client's requests, and the pool beneath it where that is the client's to
 * dispose of.
 *
 * @param connector the connector
 * @param ownPool the client's own pool; {@code null} where the connector was given
 */
public record ClientConnector(ClientHttpConnector connector, @Nullable HttpPool ownPool) {

	/**
	 * Return a connector for a client.
	 * @param given the connector that its builder was told; {@code null} for a pool of
	 * its own
	 * @param poolName the name of such a pool in metrics and logs
	 * @param options the limits of such a pool
	 */
	public static ClientConnector of(@Nullable ClientHttpConnector given, String poolName, PoolOptions options) {
		if (given != null) {
			return new ClientConnector(given, null);
		}
		HttpPool pool = HttpPool.create(poolName, options);
		return new ClientConnector(pool.connector(), pool);
	}

	/**
	 * Dispose of what is the client's own. Idempotent.
	 */
	public void close() {
		if (this.ownPool != null) {
			this.ownPool.dispose();
		}
	}

}
