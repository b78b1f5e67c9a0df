package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;

/**
 * The string of JSON in an array that was read last. It becomes an object only where it
 * is asked for: most are only compared. Not thread-safe.
 */
final class JsonString {

	private final byte[] json;

	private final int end;

	private final JsonScan scan;

	/** Where it is, without its quotes. */
	private int from;

	private int to;

	private boolean escaped;

	private boolean ascii;

	/**
	 * Create a reader of strings that has read none.
	 * @param length how much of the array is JSON
	 * @param scan a scan of that JSON
	 */
	JsonString(byte[] json, int length, JsonScan scan) {
		this.json = json;
		this.end = length;
		this.scan = scan;
	}

	/**
	 * Read a string.
	 * @param start the place behind its opening quote
	 * @return the place behind its closing quote
	 */
	int read(int start) {
		this.from = start;
		this.escaped = false;
		this.ascii = true;
		int i = PlainRun.end(this.json, start, this.end);
		for (byte b = this.scan.byteAt(i); b != '"'; b = this.scan.byteAt(i)) {
			this.escaped |= b == '\\';
			this.ascii &= b == '\\';
			i = PlainRun.end(this.json, this.scan.special(i), this.end);
		}
		this.to = i;
		return i + 1;
	}

	/**
	 * Return whether it stands there as it is: in ASCII, without an escape.
	 */
	boolean isPlain() {
		return this.ascii && !this.escaped;
	}

	/**
	 * Return a number by which most strings differ. The string must be a plain one.
	 */
	int mark() {
		return this.json[this.from] + 31 * this.json[this.to - 1] + 7 * (this.to - this.from);
	}

	/**
	 * Copy it, if it is a plain one.
	 * @return its length; -1 if it is not plain, or too long for the target
	 */
	int copyAscii(char[] target) {
		int length = this.to - this.from;
		if (!isPlain() || length > target.length) {
			return -1;
		}
		for (int i = 0; i < length; i++) {
			target[i] = (char) this.json[this.from + i];
		}
		return length;
	}

	/**
	 * Return whether it is the same as another.
	 */
	boolean isContent(String candidate) {
		if (!isPlain()) {
			return content().equals(candidate);
		}
		int length = this.to - this.from;
		if (candidate.length() != length) {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (candidate.charAt(i) != this.json[this.from + i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return the string itself.
	 */
	String content() {
		if (this.escaped) {
			return unescaped();
		}
		return new String(this.json, this.from, this.to - this.from,
				this.ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
	}

	private String unescaped() {
		StringBuilder text = new StringBuilder(this.to - this.from);
		int copied = this.from;
		for (int i = this.from; i < this.to; i++) {
			if (this.json[i] != '\\') {
				continue;
			}
			text.append(new String(this.json, copied, i - copied, StandardCharsets.UTF_8));
			i++;
			text.append(unescaped(i));
			i += (this.json[i] == 'u') ? 4 : 0;
			copied = i + 1;
		}
		return text.append(new String(this.json, copied, this.to - copied, StandardCharsets.UTF_8)).toString();
	}

	private char unescaped(int index) {
		return switch (this.json[index]) {
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'n' -> '\n';
			case 'r' -> '\r';
			case 't' -> '\t';
			case 'u' -> (char) Integer.parseInt(new String(this.json, index + 1, 4, StandardCharsets.ISO_8859_1), 16);
			default -> (char) this.json[index];
		};
	}

}
