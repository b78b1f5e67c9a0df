package dev.reactiveazure.benchmarks.stub;

import java.time.Duration;

import io.netty.buffer.ByteBuf;

/**
 * A prepared answer with what only this request gets.
 *
 * @param answer the prepared answer
 * @param headers further header lines, each ended by CRLF
 * @param body the body, framed for the wire; the one who writes it releases it
 * @param delay how long to wait before it is sent
 */
record Reply(Answer answer, String headers, ByteBuf body, Duration delay) {

	static Reply of(Answer answer) {
		return of(answer, "");
	}

	static Reply of(Answer answer, String headers) {
		return new Reply(answer, headers, answer.body(), Duration.ZERO);
	}

	static Reply sized(Answer answer, ByteBuf body) {
		return new Reply(answer, "Content-Length: " + body.readableBytes() + "\r\n", body, Duration.ZERO);
	}

	Reply after(Duration delay) {
		return new Reply(this.answer, this.headers, this.body, delay);
	}

}
