package dev.reactiveazure.emulator.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.AttributeKey;

/**
 * Remembers what was last sent through a connection, to find out whether it was read.
 * <p>
 * A connection that is reset before another request comes left something of the answer
 * unread: systems reset what is closed with bytes in it, and what is sent bytes after it
 * was closed. The latter shows as an ordinary end, because the client had said goodbye
 * before, and only the state of the socket tells it from a client that read and left, as
 * soon as all bytes are acknowledged or refused. Where the transport does not show that
 * state, it counts as read.
 * <p>
 * All of it happens on the connection's event loop.
 */
final class LastAnswer extends ChannelInboundHandlerAdapter {

	/** The state of a socket that was reset, in Linux's numbers. */
	private static final int TCP_CLOSE = 7;

	private static final int LOOK_AGAIN_MILLIS = 1;

	private static final AttributeKey<EmulatorResponse> SENT = AttributeKey.valueOf(LastAnswer.class, "sent");

	static void watch(Channel channel) {
		channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
		channel.pipeline().addFirst("emulator.lastAnswer", new LastAnswer());
	}

	/**
	 * Say that an answer was handed to the socket.
	 */
	static void sent(Channel channel, EmulatorResponse answer) {
		channel.attr(SENT).set(answer);
	}

	/**
	 * Say that another request came: the client has read what it was sent.
	 */
	static void read(Channel channel) {
		channel.attr(SENT).set(null);
	}

	/**
	 * The client has said goodbye. Half a connection is of no use to anybody, but for a
	 * look at its socket.
	 */
	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (!(event instanceof ChannelInputShutdownEvent)) {
			context.fireUserEventTriggered(event);
			return;
		}
		leave(context.channel());
	}

	private static void leave(Channel channel) {
		if (!(channel instanceof EpollSocketChannel socket) || !socket.isOpen()) {
			channel.close();
			return;
		}
		EpollTcpInfo state = socket.tcpInfo();
		if (state.state() == TCP_CLOSE) {
			lost(channel);
			channel.close();
		}
		else if (state.unacked() == 0) {
			channel.close();
		}
		else {
			channel.eventLoop().schedule(() -> leave(channel), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			lost(context.channel());
		}
		context.fireExceptionCaught(cause);
	}

	private static void lost(Channel channel) {
		EmulatorResponse answer = channel.attr(SENT).getAndSet(null);
		if (answer != null) {
			answer.lost();
		}
	}

}
