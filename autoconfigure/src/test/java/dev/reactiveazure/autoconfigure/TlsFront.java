package dev.reactiveazure.autoconfigure;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.emulator.http.SelfSigned;
import io.netty.channel.Channel;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.NettyInbound;
import reactor.netty.NettyOutbound;
import reactor.netty.NettyPipeline;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * Speaks TLS before a server that doesn't, with a certificate that can be replaced while
 * connections that began with another one go on.
 */
final class TlsFront implements AutoCloseable {

	private final URI behind;

	private final DisposableServer server;

	private final AtomicInteger accepted = new AtomicInteger();

	private volatile SelfSigned certificate;

	TlsFront(String behind, SelfSigned certificate) {
		this.behind = URI.create(behind);
		this.certificate = certificate;
		this.server = TcpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnChannelInit((observer, channel, address) -> secure(channel))
			.handle(this::forward)
			.bindNow();
	}

	private void secure(Channel channel) {
		this.accepted.incrementAndGet();
		channel.pipeline()
			.addFirst(NettyPipeline.SslHandler, this.certificate.serverContext().newHandler(channel.alloc()));
	}

	private Publisher<Void> forward(NettyInbound in, NettyOutbound out) {
		return TcpClient.newConnection()
			.host(this.behind.getHost())
			.port(this.behind.getPort())
			.connect()
			.flatMap((connection) -> pipe(in, out, connection));
	}

	private static Mono<Void> pipe(NettyInbound in, NettyOutbound out, Connection connection) {
		Mono<Void> requests = connection.outbound().send(in.receive().retain(), (buffer) -> true).then();
		Mono<Void> answers = out.send(connection.inbound().receive().retain(), (buffer) -> true).then();
		return Mono.firstWithSignal(requests, answers).doFinally((signal) -> connection.dispose());
	}

	/**
	 * Return the address of the server behind, with TLS.
	 */
	String endpoint() {
		return "https://127.0.0.1:" + this.server.port() + this.behind.getRawPath();
	}

	/**
	 * Show another certificate to connections that are opened from now on, of which
	 * {@link #accepted()} counts none yet.
	 */
	void replace(SelfSigned next) {
		this.certificate = next;
		this.accepted.set(0);
	}

	int accepted() {
		return this.accepted.get();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
