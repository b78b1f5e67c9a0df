package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * A complete answer.
 * <p>
 * Its bytes are valid only while it is read: what a reader keeps, it must copy.
 */
public final class Answer {

	private final int status;

	private final HttpHeaders headers;

	private final byte[] bytes;

	private final int length;

	Answer(int status, HttpHeaders headers, byte[] bytes, int length) {
		this.status = status;
		this.headers = headers;
		this.bytes = bytes;
		this.length = length;
	}

	public int status() {
		return this.status;
	}

	/**
	 * Return whether the status is one of 200 to 299.
	 */
	public boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	public @Nullable String header(String name) {
		return this.headers.getFirst(name);
	}

	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * Return an array of which the first {@link #length()} bytes are the body.
	 */
	public byte[] bytes() {
		return this.bytes;
	}

	public int length() {
		return this.length;
	}

	public String text() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

}
