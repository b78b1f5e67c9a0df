package dev.reactiveazure.benchmarks.stub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of all connections, which share one event loop.
 */
@Sharable
final class StubHandler extends SimpleChannelInboundHandler<Request> {

	private static final int SMALL = 8 * 1024;

	private final TablesAnswers tables = new TablesAnswers();

	private final EventGridAnswers events = new EventGridAnswers();

	private String date = "";

	private long dateSecond;

	@Override
	protected void channelRead0(ChannelHandlerContext context, Request request) {
		Reply reply = reply(request);
		if (reply.delay().isZero()) {
			send(context, request, reply);
			return;
		}
		context.executor()
			.schedule(() -> send(context, request, reply), reply.delay().toMillis(), TimeUnit.MILLISECONDS);
	}

	private Reply reply(Request request) {
		Reply reply = this.events.answer(request);
		if (reply == null) {
			reply = this.tables.answer(request);
		}
		return (reply != null) ? reply : unknown(request);
	}

	private static Reply unknown(Request request) {
		return Reply.of(Answer.sized("501 Not Implemented", "Content-Type: text/plain\n",
				"The stub has no answer to " + request.method() + " " + request.path()));
	}

	private void send(ChannelHandlerContext context, Request request, Reply reply) {
		boolean small = reply.body().readableBytes() <= SMALL;
		ByteBuf out = context.alloc().directBuffer(small ? 1024 + reply.body().readableBytes() : 1024);

		reply.answer().writeHead(out);
		writeText(out, reply.headers());
		writeText(out, "Date: ");
		writeText(out, date());
		writeClientRequestId(out, request.clientRequestId());
		writeText(out, "\r\n\r\n");
		if (small) {
			out.writeBytes(reply.body());
			reply.body().release();
			context.writeAndFlush(out, context.voidPromise());
			return;
		}
		context.write(out, context.voidPromise());
		context.writeAndFlush(reply.body(), context.voidPromise());
	}

	private static void writeClientRequestId(ByteBuf out, @Nullable String id) {
		if (id != null) {
			writeText(out, "\r\nx-ms-client-request-id: ");
			writeText(out, id);
		}
	}

	private static void writeText(ByteBuf out, String text) {
		out.writeCharSequence(text, StandardCharsets.US_ASCII);
	}

	private String date() {
		long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
		if (this.dateSecond != second || this.date.isEmpty()) {
			this.dateSecond = second;
			this.date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
		}
		return this.date;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			context.close();
			return;
		}
		Answer answer = Answer.sized("400 Bad Request", "Content-Type: text/plain\nConnection: close\n",
				String.valueOf(cause.getMessage()));
		ByteBuf out = context.alloc().buffer();
		answer.writeHead(out);
		writeText(out, "\r\n");
		out.writeBytes(answer.body());
		context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
	}

}
