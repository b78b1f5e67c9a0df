package dev.reactiveazure.benchmarks.stub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
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

	private StubServer(EventLoopGroup loop, Channel channel, AtomicInteger connections) {
		this.loop = loop;
		this.channel = channel;
		this.connections = connections;
	}

	/**
	 * Prints the address of a new stub and runs it until the standard input ends, so that
	 * it never outlives the process that started it.
	 * @param args none
	 * @throws IOException if the standard input breaks
	 */
	public static void main(String[] args) throws IOException {
		try (StubServer server = start()) {
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
					connection.pipeline().addLast(new RequestDecoder(), handler);
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
		return new StubServer(loop, channel, connections);
	}

	/**
	 * Where the stub listens.
	 * @return the address without a path
	 */
	public URI address() {
		InetSocketAddress local = (InetSocketAddress) this.channel.localAddress();
		return URI.create("http://127.0.0.1:" + local.getPort());
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
