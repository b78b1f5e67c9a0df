package dev.reactiveazure.benchmarks.stub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * An answer prepared in advance: everything but the date, the echoed request id and what
 * differs from one page to the next.
 */
final class Answer {

	private static final int CHUNK = 16 * 1024;

	private final byte[] head;

	private final ByteBuf body;

	private Answer(String head, ByteBuf body) {
		this.head = head.getBytes(StandardCharsets.US_ASCII);
		// Not Netty's own memory: it lives as long as the answer and nobody releases it.
		ByteBuffer memory = ByteBuffer.allocateDirect(body.readableBytes());
		body.readBytes(memory);
		this.body = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory.flip())).asReadOnly();
	}

	/**
	 * An answer with a {@code Content-Length}.
	 * @param status the status code and reason phrase
	 * @param headers header lines, each ended by a line feed
	 * @param body the body
	 */
	static Answer sized(String status, String headers, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return new Answer(head(status, headers) + "Content-Length: " + bytes.length + "\r\n",
				Unpooled.wrappedBuffer(bytes));
	}

	/**
	 * An answer in chunks of 16 KiB, as Table storage sends its bodies.
	 * @param status the status code and reason phrase
	 * @param headers header lines, each ended by a line feed
	 * @param body the body
	 */
	static Answer chunked(String status, String headers, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		ByteBuf chunks = Unpooled.buffer(bytes.length + 1024);
		for (int start = 0; start < bytes.length; start += CHUNK) {
			int length = Math.min(CHUNK, bytes.length - start);
			chunks.writeCharSequence(Integer.toHexString(length) + "\r\n", StandardCharsets.US_ASCII);
			chunks.writeBytes(bytes, start, length);
			chunks.writeCharSequence("\r\n", StandardCharsets.US_ASCII);
		}
		chunks.writeCharSequence("0\r\n\r\n", StandardCharsets.US_ASCII);
		return new Answer(head(status, headers) + "Transfer-Encoding: chunked\r\n", chunks);
	}

	/**
	 * An answer whose body, with the header that tells its length, is known only when it
	 * is sent.
	 * @param status the status code and reason phrase
	 * @param headers header lines, each ended by a line feed
	 */
	static Answer open(String status, String headers) {
		return new Answer(head(status, headers), Unpooled.EMPTY_BUFFER);
	}

	private static String head(String status, String headers) {
		return "HTTP/1.1 " + status + "\r\n" + headers.replace("\n", "\r\n");
	}

	/**
	 * Writes status and headers without the empty line that ends them.
	 */
	void writeHead(ByteBuf out) {
		out.writeBytes(this.head);
	}

	/**
	 * The body, framed for the wire; a view that needs no release.
	 */
	ByteBuf body() {
		return this.body.duplicate();
	}

}
