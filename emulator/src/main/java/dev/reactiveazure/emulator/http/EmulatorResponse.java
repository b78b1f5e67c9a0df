package dev.reactiveazure.emulator.http;

import java.nio.charset.StandardCharsets;

/**
 * An answer of an emulated service. Immutable; each {@code with} method returns a changed
 * copy.
 * <p>
 * Exactly one of the two callbacks runs for an answer that a handler emitted:
 * {@link #onSent} when its last byte was handed to the socket, {@link #onLost} when the
 * client went away or a fault swallowed it. Content-Length is set by the server; so is
 * Date unless the answer has one.
 */
public final class EmulatorResponse {

	private static final byte[] EMPTY = new byte[0];

	private static final Runnable NOTHING = () -> {
	};

	private final int status;

	private final Headers headers;

	private final byte[] body;

	private final Runnable sent;

	private final Runnable lost;

	private EmulatorResponse(int status, Headers headers, byte[] body, Runnable sent, Runnable lost) {
		this.status = status;
		this.headers = headers;
		this.body = body;
		this.sent = sent;
		this.lost = lost;
	}

	/**
	 * An answer with a status only.
	 * @param status the HTTP status
	 * @return the answer
	 */
	public static EmulatorResponse status(int status) {
		return new EmulatorResponse(status, Headers.NONE, EMPTY, NOTHING, NOTHING);
	}

	/**
	 * Adds a header field.
	 * @param name the name
	 * @param value the value
	 * @return the changed answer
	 */
	public EmulatorResponse withHeader(String name, String value) {
		return new EmulatorResponse(this.status, this.headers.with(name, value), this.body, this.sent, this.lost);
	}

	/**
	 * Sets the body.
	 * @param bytes the body, not to be changed afterwards
	 * @return the changed answer
	 */
	public EmulatorResponse withBody(byte[] bytes) {
		return new EmulatorResponse(this.status, this.headers, bytes, this.sent, this.lost);
	}

	/**
	 * Sets the body and its content type.
	 * @param contentType the content type
	 * @param text the body, sent in UTF-8
	 * @return the changed answer
	 */
	public EmulatorResponse withBody(String contentType, String text) {
		return withHeader("Content-Type", contentType).withBody(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Adds a callback for the case that the answer was written.
	 * @param callback the callback; runs on an event loop and must not block
	 * @return the changed answer
	 */
	public EmulatorResponse onSent(Runnable callback) {
		return new EmulatorResponse(this.status, this.headers, this.body, both(this.sent, callback), this.lost);
	}

	/**
	 * Adds a callback for the case that the answer could not be written.
	 * @param callback the callback; must not block
	 * @return the changed answer
	 */
	public EmulatorResponse onLost(Runnable callback) {
		return new EmulatorResponse(this.status, this.headers, this.body, this.sent, both(this.lost, callback));
	}

	/**
	 * The HTTP status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The header fields.
	 * @return the fields
	 */
	public Headers headers() {
		return this.headers;
	}

	/**
	 * The body.
	 * @return the body, empty if there is none; not to be changed
	 */
	public byte[] body() {
		return this.body;
	}

	/**
	 * The body as UTF-8 text.
	 * @return the text
	 */
	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	void sent() {
		this.sent.run();
	}

	void lost() {
		this.lost.run();
	}

	private static Runnable both(Runnable first, Runnable second) {
		return () -> {
			first.run();
			second.run();
		};
	}

	@Override
	public String toString() {
		return this.status + " (" + this.body.length + " bytes)";
	}

}
