package dev.reactiveazure.emulator.http;

import java.io.ByteArrayOutputStream;

/**
 * Collects the chunks of a request body. What exceeds the limit is read on and thrown
 * away, because whoever is still sending when the connection closes sees a reset, no
 * answer. Not thread-safe.
 */
final class BodyCollector {

	static final long LONGEST_DRAINED_BODY = 64 * 1024 * 1024;

	private final int limit;

	private ByteArrayOutputStream kept = new ByteArrayOutputStream();

	private long length;

	/**
	 * Creates an empty body.
	 * @param limit the most bytes that are kept
	 */
	BodyCollector(int limit) {
		this.limit = limit;
	}

	/**
	 * Takes a chunk.
	 * @throws BodyTooLargeException if the body is too long to wait for its end
	 */
	void add(byte[] chunk) {
		this.length += chunk.length;
		if (this.length > LONGEST_DRAINED_BODY) {
			throw new BodyTooLargeException();
		}
		if (this.length <= this.limit) {
			this.kept.writeBytes(chunk);
			return;
		}
		this.kept = new ByteArrayOutputStream(0);
	}

	/**
	 * The complete body.
	 * @throws BodyTooLargeException if it exceeds the limit
	 */
	byte[] complete() {
		if (this.length > this.limit) {
			throw new BodyTooLargeException();
		}
		return this.kept.toByteArray();
	}

}
