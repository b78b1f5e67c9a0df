package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.reactiveazure.core.AzureEndpoint;
import io.netty.util.AsciiString;

/**
 * The frame of a client's transactions on the wire, prepared once.
 * <p>
 * One boundary serves all of them: what is between boundaries is JSON on one line and
 * encoded keys, so that no content can contain a line that begins like a boundary.
 */
final class BatchFormat {

	private final AsciiString contentType;

	private final byte[] start;

	private final byte[] part;

	private final byte[] end;

	private final String address;

	BatchFormat(AzureEndpoint endpoint, UUID id) {
		String batch = "batch_" + id;
		String changes = "changeset_" + id;
		this.contentType = AsciiString.of("multipart/mixed; boundary=" + batch);
		this.start = ascii("--" + batch + "\r\nContent-Type: multipart/mixed; boundary=" + changes + "\r\n\r\n");
		this.part = ascii(
				"--" + changes + "\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
		this.end = ascii("--" + changes + "--\r\n\r\n--" + batch + "--\r\n");
		this.address = endpoint.address();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	AsciiString contentType() {
		return this.contentType;
	}

	byte[] start() {
		return this.start;
	}

	byte[] part() {
		return this.part;
	}

	byte[] end() {
		return this.end;
	}

	String address() {
		return this.address;
	}

}
