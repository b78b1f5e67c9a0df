package dev.reactiveazure.emulator.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * An HTTP server with threads of its own that hands complete requests to one emulated
 * service. Listens from its construction until {@link #close()}.
 */
public final class EmulatorServer implements AutoCloseable {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final ServerSettings settings;

	private final AtomicInteger exchanges = new AtomicInteger();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

	private final LoopResources loops;

	private final DisposableServer server;

	/**
	 * Starts to listen.
	 * @param settings where and how
	 * @param handler the service
	 * @throws PortInUseException if the port is taken; the message names service, host
	 * and port
	 */
	public EmulatorServer(ServerSettings settings, EmulatorHandler handler) {
		this.settings = settings;
		this.loops = LoopResources.create("reactiveazure-emulator-" + settings.service(), 1, 2, true);
		this.server = bind(new ExchangeHandler(settings, handler, this.exchanges));
	}

	private DisposableServer bind(ExchangeHandler exchangeHandler) {
		HttpServer http = HttpServer.create()
			.runOn(this.loops)
			.host(this.settings.host())
			.port(this.settings.port())
			.doOnChannelInit((observer, channel, address) -> LastAnswer.watch(channel))
			.doOnConnection((connection) -> this.connections.add(connection.channel()))
			.httpRequestDecoder((decoder) -> decoder.maxInitialLineLength(65536).maxHeaderSize(65536))
			.handle(exchangeHandler::handle);
		SslContext ssl = this.settings.ssl();
		if (ssl != null) {
			http = http.secure((spec) -> spec.sslContext(ssl));
		}
		try {
			return http.bindNow();
		}
		catch (ChannelBindException ex) {
			disposeLoops();
			throw new PortInUseException(this.settings, ex);
		}
		catch (RuntimeException ex) {
			disposeLoops();
			throw ex;
		}
	}

	/**
	 * The port it listens on.
	 * @return the real port, never 0
	 */
	public int port() {
		return ((InetSocketAddress) this.server.address()).getPort();
	}

	/**
	 * The base address of the service.
	 * @return scheme, host and port, without a slash at the end
	 */
	public String endpoint() {
		String scheme = (this.settings.ssl() != null) ? "https" : "http";
		return scheme + "://" + this.settings.host() + ":" + port();
	}

	/**
	 * The number of requests that are being read, handled or answered, without those
	 * whose handler only waits for the clock or for other requests.
	 * @return the number of exchanges in progress
	 */
	public int exchangesInProgress() {
		return this.exchanges.get();
	}

	/**
	 * Stops listening, resets open connections and ends the threads of this server.
	 * Idempotent; blocks for a moment, unless called on a non-blocking thread.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		this.server.dispose();
		this.connections.close();
		disposeLoops();
	}

	private void disposeLoops() {
		Mono<Void> disposal = this.loops.disposeLater(Duration.ZERO, CLOSE_TIMEOUT);
		if (Schedulers.isInNonBlockingThread()) {
			disposal.subscribe();
			return;
		}
		disposal.block(CLOSE_TIMEOUT.plusSeconds(1));
	}

}
