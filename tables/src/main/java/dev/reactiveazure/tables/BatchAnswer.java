package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import dev.reactiveazure.core.pipeline.Answer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The multipart answer to a transaction, one result after the other, over the answer's
 * own bytes.
 * <p>
 * Lines may end with CR LF or LF alone, mixed (Cosmos DB does), blank lines may be more
 * than the one that is due, and the results may be in a change set or lie bare. Whatever
 * has no proper end throws an {@link IllegalStateException}.
 */
final class BatchAnswer {

	private static final byte[] HTTP = ascii("HTTP/");

	private static final byte[] ETAG = ascii("etag:");

	private final Answer answer;

	private final byte[] bytes;

	private final byte[] outer;

	private final byte[] delimiter;

	private int at;

	private int lineStart;

	private int lineEnd;

	private boolean ended;

	private int status;

	private int headersStart;

	private int bodyStart;

	private int bodyEnd;

	private int etagStart;

	private int etagEnd;

	private @Nullable ETag latest;

	BatchAnswer(Answer answer) {
		this.answer = answer;
		this.bytes = answer.bytes();
		this.outer = delimiter(answer.header("Content-Type"));
		expect(this.outer);
		byte[] inner = null;
		while (line() && !isBlank()) {
			if (startsWithIgnoringCase(ascii("content-type: multipart/"))) {
				inner = delimiter(text(this.lineStart, this.lineEnd));
			}
		}
		this.delimiter = (inner != null) ? inner : this.outer;
		if (inner != null) {
			expect(inner);
		}
	}

	/**
	 * Return which operation an error is about, as its message's start says.
	 * @return the index; {@code null} where the message does not say
	 */
	static @Nullable Integer operationIndex(@Nullable String message, int operations) {
		int colon = (message != null) ? message.indexOf(':') : -1;
		if (message == null || colon < 1 || colon > 3
				|| !message.chars().limit(colon).allMatch((c) -> c >= '0' && c <= '9')) {
			return null;
		}
		int index = Integer.parseInt(message.substring(0, colon));
		return (index < operations) ? index : null;
	}

	/**
	 * Move to the next result.
	 * @return whether there is one
	 */
	boolean next() {
		if (this.ended) {
			return false;
		}
		do {
			require(line());
		}
		while (!startsWithIgnoringCase(HTTP));
		this.status = statusCode();
		readHeaders();
		readBody();
		return true;
	}

	int status() {
		return this.status;
	}

	/**
	 * Return the result's ETag: the same object again where it is the same text, as it
	 * mostly is.
	 */
	@Nullable ETag etag() {
		if (this.etagStart < 0) {
			return null;
		}
		String known = (this.latest != null) ? this.latest.value() : "";
		if (this.latest == null || !isText(known, this.etagStart, this.etagEnd)) {
			this.latest = ETag.of(text(this.etagStart, this.etagEnd));
		}
		return this.latest;
	}

	/**
	 * Return the result as an answer of its own.
	 */
	Answer asAnswer() {
		HttpHeaders headers = new HttpHeaders();
		for (String line : text(this.headersStart, this.bodyStart).split("\r?\n")) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				headers.set(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
			}
		}
		return this.answer.part(this.status, headers, this.bodyStart, this.bodyEnd);
	}

	private void readHeaders() {
		this.headersStart = this.at;
		this.etagStart = -1;
		require(line());
		while (!isBlank()) {
			if (startsWithIgnoringCase(ETAG)) {
				this.etagStart = skipSpaces(this.lineStart + ETAG.length);
				this.etagEnd = this.lineEnd;
			}
			require(line());
		}
	}

	private void readBody() {
		this.bodyStart = this.at;
		require(line());
		while (!isDelimiter(this.delimiter)) {
			require(line());
		}
		this.bodyEnd = this.lineStart;
		this.ended = isLast(this.delimiter);
		if (this.ended && this.delimiter != this.outer) {
			expect(this.outer);
			if (!isLast(this.outer)) {
				throw new IllegalStateException("it has more than one change set");
			}
		}
	}

	private int statusCode() {
		int space = this.lineStart;
		while (space < this.lineEnd && this.bytes[space] != ' ') {
			space++;
		}
		int code = 0;
		for (int i = space + 1; i <= space + 3; i++) {
			int digit = (i < this.lineEnd) ? this.bytes[i] - '0' : -1;
			if (digit < 0 || digit > 9) {
				throw new IllegalStateException("a result has no status");
			}
			code = code * 10 + digit;
		}
		return code;
	}

	/**
	 * Move behind the next line that is not blank, which must be a boundary.
	 */
	private void expect(byte[] boundary) {
		do {
			require(line());
		}
		while (isBlank());
		if (!isDelimiter(boundary)) {
			throw new IllegalStateException("it lacks a boundary where one is due");
		}
	}

	private boolean line() {
		if (this.at >= this.answer.length()) {
			return false;
		}
		this.lineStart = this.at;
		int end = LineFeeds.next(this.bytes, this.at, this.answer.length());
		this.at = Math.min(end + 1, this.answer.length());
		while (end > this.lineStart && (this.bytes[end - 1] == '\r' || this.bytes[end - 1] == ' ')) {
			end--;
		}
		this.lineEnd = end;
		return true;
	}

	private static void require(boolean more) {
		if (!more) {
			throw new IllegalStateException("it ends before its last boundary");
		}
	}

	private boolean isBlank() {
		return this.lineStart == this.lineEnd;
	}

	private boolean isDelimiter(byte[] boundary) {
		int end = this.lineStart + boundary.length;
		return end <= this.lineEnd && Arrays.equals(this.bytes, this.lineStart, end, boundary, 0, boundary.length)
				&& (end == this.lineEnd || isLast(boundary));
	}

	private boolean isLast(byte[] boundary) {
		int end = this.lineStart + boundary.length;
		return this.lineEnd == end + 2 && this.bytes[end] == '-' && this.bytes[end + 1] == '-';
	}

	private boolean startsWithIgnoringCase(byte[] prefix) {
		if (this.lineEnd - this.lineStart < prefix.length) {
			return false;
		}
		for (int i = 0; i < prefix.length; i++) {
			if (Character.toLowerCase((char) this.bytes[this.lineStart + i]) != Character
				.toLowerCase((char) prefix[i])) {
				return false;
			}
		}
		return true;
	}

	private int skipSpaces(int from) {
		int position = from;
		while (position < this.lineEnd && this.bytes[position] == ' ') {
			position++;
		}
		return position;
	}

	private boolean isText(String text, int from, int to) {
		if (text.length() != to - from) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) != this.bytes[from + i]) {
				return false;
			}
		}
		return true;
	}

	private String text(int from, int to) {
		return new String(this.bytes, from, to - from, StandardCharsets.UTF_8);
	}

	private static byte[] delimiter(@Nullable String contentType) {
		int start = (contentType != null) ? contentType.toLowerCase(Locale.ROOT).indexOf("boundary=") : -1;
		if (contentType == null || start < 0) {
			throw new IllegalStateException("its Content-Type names no boundary");
		}
		String boundary = contentType.substring(start + "boundary=".length());
		int end = boundary.indexOf(';');
		boundary = ((end < 0) ? boundary : boundary.substring(0, end)).replace("\"", "").trim();
		return ("--" + boundary).getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
