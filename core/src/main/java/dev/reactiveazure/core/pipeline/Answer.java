package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

	private final boolean maybeApplied;

	Answer(int status, HttpHeaders headers, byte[] bytes, int length, boolean maybeApplied) {
		this.status = status;
		this.headers = headers;
		this.bytes = bytes;
		this.length = length;
		this.maybeApplied = maybeApplied;
	}

	/**
	 * Return an answer that travels in this one's body, as in a multipart answer.
	 * @param status its status
	 * @param headers its headers, which go before those of this answer
	 * @param from where its body begins
	 * @param to where its body ends
	 */
	public Answer part(int status, HttpHeaders headers, int from, int to) {
		HttpHeaders all = HttpHeaders.copyOf(this.headers);
		headers.forEach(all::put);
		return new Answer(status, all, Arrays.copyOfRange(this.bytes, from, to), to - from, this.maybeApplied);
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

	/**
	 * Return whether an earlier try of the call got no answer, so that the service may
	 * have done the work and this answer may tell of what that try did.
	 */
	public boolean maybeApplied() {
		return this.maybeApplied;
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
