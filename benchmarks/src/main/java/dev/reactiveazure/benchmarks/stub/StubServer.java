package dev.reactiveazure.benchmarks.stub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * The stub on a free loopback port: one event loop, epoll where the machine has it.
 */
public final class StubServer implements AutoCloseable {

	/**
	 * What the line starts with that tells where a stub in its own process listens.
	 */
	public static final String ADDRESS = "stub: ";

	private final EventLoopGroup loop;

	private final Channel channel;

	private final AtomicInteger connections;

	private final String scheme;

	private StubServer(EventLoopGroup loop, Channel channel, AtomicInteger connections, String scheme) {
		this.scheme = scheme;
		this.loop = loop;
		this.channel = channel;
		this.connections = connections;
	}

	/**
	 * Prints the address of a new stub and runs it until the standard input ends, so that
	 * it never outlives the process that started it.
	 * @param args the file of a {@link StubCertificate}, or none for plain HTTP
	 * @throws IOException if the certificate can't be read or the standard input breaks
	 * @throws GeneralSecurityException if the certificate is of no use
	 */
	public static void main(String[] args) throws IOException, GeneralSecurityException {
		try (StubServer server = (args.length == 0) ? start() : start(new StubCertificate(Path.of(args[0])))) {
			System.out.println(ADDRESS + server.address());
			while (System.in.read() >= 0) {
				continue;
			}
		}
	}

	/**
	 * A stub that listens already.
	 * @return the stub; close it when done
	 */
	public static StubServer start() {
		return start((SslContext) null);
	}

	/**
	 * A stub that listens already, and speaks TLS only.
	 * @param certificate what it presents
	 * @return the stub; close it when done
	 * @throws IOException if the certificate can't be read
	 * @throws GeneralSecurityException if the certificate is of no use
	 */
	public static StubServer start(StubCertificate certificate) throws IOException, GeneralSecurityException {
		return start(certificate.serverContext());
	}

	private static StubServer start(@Nullable SslContext tls) {
		boolean epoll = Epoll.isAvailable();
		EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
				epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
		StubHandler handler = new StubHandler();
		AtomicInteger connections = new AtomicInteger();
		Channel channel = new ServerBootstrap().group(loop)
			.channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel connection) {
					connections.incrementAndGet();
					if (tls != null) {
						connection.pipeline().addLast(tls.newHandler(connection.alloc()));
					}
					connection.pipeline().addLast(new RequestDecoder(), handler);
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
		return new StubServer(loop, channel, connections, (tls != null) ? "https" : "http");
	}

	/**
	 * Where the stub listens.
	 * @return the address without a path
	 */
	public URI address() {
		InetSocketAddress local = (InetSocketAddress) this.channel.localAddress();
		return URI.create(this.scheme + "://127.0.0.1:" + local.getPort());
	}

	/**
	 * How many connections were opened so far.
	 * @return the number, those closed since included
	 */
	public int connections() {
		return this.connections.get();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
