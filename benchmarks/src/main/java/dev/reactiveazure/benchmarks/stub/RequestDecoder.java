package dev.reactiveazure.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a connection into requests. Bodies need a {@code Content-Length}: no
 * contender sends chunks.
 */
final class RequestDecoder extends ByteToMessageDecoder {

	private static final ByteBuf END_OF_HEAD = Unpooled
		.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		int end = ByteBufUtil.indexOf(END_OF_HEAD, in);
		if (end < 0) {
			return;
		}
		int headLength = end - in.readerIndex() + 2;
		String head = in.toString(in.readerIndex(), headLength, StandardCharsets.US_ASCII);
		if (header(head, "transfer-encoding") != null) {
			throw new IllegalArgumentException("The stub reads bodies with a Content-Length only");
		}
		String contentLength = header(head, "content-length");
		int bodyLength = (contentLength != null) ? Integer.parseInt(contentLength) : 0;
		if (in.readableBytes() < headLength + 2 + bodyLength) {
			return;
		}
		in.skipBytes(headLength + 2);
		byte[] body = new byte[bodyLength];
		in.readBytes(body);
		out.add(request(head, body));
	}

	private static Request request(String head, byte[] body) {
		int target = head.indexOf(' ') + 1;
		int end = head.indexOf(' ', target);
		int question = head.lastIndexOf('?', end);
		String path = head.substring(target, (question < 0) ? end : question);
		String query = (question < 0) ? "" : head.substring(question + 1, end);
		String accept = header(head, "accept");
		return new Request(head.substring(0, target - 1), path, query, (accept != null) ? accept : "",
				header(head, "x-ms-client-request-id"), body);
	}

	private static @Nullable String header(String head, String name) {
		int line = head.indexOf("\r\n") + 2;
		while (line < head.length()) {
			int end = head.indexOf("\r\n", line);
			int colon = line + name.length();
			if (head.regionMatches(true, line, name, 0, name.length()) && head.charAt(colon) == ':') {
				return head.substring(colon + 1, end).strip();
			}
			line = end + 2;
		}
		return null;
	}

}
