package dev.reactiveazure.emulator.tables;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;

/**
 * Writes the multipart answer of a transaction.
 */
final class BatchAnswer {

	private static final Map<Integer, String> REASONS = Map.of(200, "OK", 201, "Created", 204, "No Content", 400,
			"Bad Request", 403, "Forbidden", 404, "Not Found", 405, "Method Not Allowed", 409, "Conflict", 412,
			"Precondition Failed", 415, "Unsupported Media Type");

	private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

	private BatchAnswer() {
	}

	/**
	 * The answer to change sets.
	 * @param sets the parts of each set, in order
	 */
	static EmulatorResponse changes(List<List<Part>> sets) {
		BatchAnswer answer = new BatchAnswer();
		String batch = "batchresponse_" + UUID.randomUUID();
		sets.forEach((parts) -> answer.set(batch, parts));
		answer.line("--" + batch + "--");
		return answer.response(batch);
	}

	private void set(String batch, List<Part> parts) {
		String changes = "changesetresponse_" + UUID.randomUUID();
		line("--" + batch);
		line("Content-Type: multipart/mixed; boundary=" + changes);
		line("");
		parts.forEach((part) -> part(changes, part));
		line("--" + changes + "--");
	}

	static EmulatorResponse query(Part part) {
		BatchAnswer answer = new BatchAnswer();
		String batch = "batchresponse_" + UUID.randomUUID();
		answer.part(batch, part);
		answer.line("--" + batch + "--");
		return answer.response(batch);
	}

	private void part(String boundary, Part part) {
		EmulatorResponse response = part.response();
		line("--" + boundary);
		line("Content-Type: application/http");
		line("Content-Transfer-Encoding: binary");
		line("");
		line("HTTP/1.1 " + response.status() + " " + REASONS.getOrDefault(response.status(), "Status"));
		if (part.contentId() != null) {
			line("Content-ID: " + part.contentId());
		}
		line("X-Content-Type-Options: nosniff");
		for (Headers.Entry header : response.headers().entries()) {
			line(header.name() + ": " + header.value());
		}
		line("");
		this.out.writeBytes(response.body());
		line("");
	}

	private void line(String text) {
		this.out.writeBytes((text + "\r\n").getBytes(StandardCharsets.UTF_8));
	}

	private EmulatorResponse response(String boundary) {
		return EmulatorResponse.status(202)
			.withHeader("Cache-Control", "no-cache")
			.withHeader("Content-Type", "multipart/mixed; boundary=" + boundary)
			.withBody(this.out.toByteArray());
	}

	/**
	 * The answer to one request of the transaction.
	 *
	 * @param response the answer
	 * @param contentId the Content-ID of the request, or null
	 */
	record Part(EmulatorResponse response, @Nullable String contentId) {

	}

}
