package dev.reactiveazure.core;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * A pool of HTTP connections with an owner: who creates one, disposes of it.
 * <p>
 * Connections of a pool live at most {@link PoolOptions#maxIdleTime()} unused and are
 * evicted in the background. The pool's client never follows redirects, which would carry
 * a signature elsewhere, never asks for compression, and never sends a request twice by
 * itself, which is for the request pipeline to decide.
 */
public final class HttpPool implements Disposable {

	/**
	 * What the pool's requests name themselves in {@code User-Agent}.
	 */
	public static final String PRODUCT = "reactiveazure/0.1";

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(30);

	private static final Duration DRAIN_TIME = Duration.ofSeconds(30);

	private final ConnectionProvider provider;

	private final PoolOptions options;

	private HttpPool(ConnectionProvider provider, PoolOptions options) {
		this.provider = provider;
		this.options = options;
	}

	/**
	 * Create a pool.
	 * @param name the name that metrics and logs show
	 * @param options its limits
	 * @return a pool that opens its first connection with the first request
	 */
	public static HttpPool create(String name, PoolOptions options) {
		ConnectionProvider provider = ConnectionProvider.builder(name)
			.maxConnections(options.maxConnections())
			.pendingAcquireMaxCount(options.pendingAcquireMaxCount())
			.pendingAcquireTimeout(options.pendingAcquireTimeout())
			.maxIdleTime(options.maxIdleTime())
			.evictInBackground(EVICTION_INTERVAL)
			.disposeTimeout(DRAIN_TIME)
			.lifo()
			.build();
		return new HttpPool(provider, options);
	}

	/**
	 * Return a client to derive a connector from, for callers that add settings of their
	 * own. It is made here and not with the pool, for its classes are a part of what an
	 * application's start would cost.
	 * @return a new client over this pool
	 */
	public HttpClient httpClient() {
		return HttpClient.create(this.provider)
			.option(ChannelOption.ALLOCATOR, RoomForBodies.INSTANCE)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.options.connectTimeout().toMillis()))
			.headers((headers) -> headers.set("User-Agent", PRODUCT))
			.disableRetry(true)
			.followRedirect(false)
			.compress(false);
	}

	/**
	 * Return a connector over this pool.
	 * @return a new connector, which does not own the pool
	 */
	public ReactorNettyConnector connector() {
		HttpClient client = httpClient();
		return ReactorNettyConnector.of(new ReactorClientHttpConnector(client), client);
	}

	/**
	 * Close each connection: unused ones at once, others when their call ends, but no
	 * later than 30 s from now. Does not wait for that. Idempotent.
	 */
	@Override
	public void dispose() {
		this.provider.dispose();
	}

	@Override
	public boolean isDisposed() {
		return this.provider.isDisposed();
	}

}
