package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;

/**
 * The string of JSON in an array that was read last. It becomes an object only where it
 * is asked for: most are only compared. Not thread-safe.
 */
final class JsonString {

	private final byte[] json;

	private final int end;

	/** Where it is, without its quotes. */
	private int from;

	private int to;

	private boolean escaped;

	private boolean ascii;

	/**
	 * Create a reader of strings that has read none.
	 * @param length how much of the array is JSON
	 */
	JsonString(byte[] json, int length) {
		this.json = json;
		this.end = length;
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
		while (i < this.end) {
			byte b = this.json[i];
			if (b == '"') {
				this.to = i;
				return i + 1;
			}
			i = PlainRun.end(this.json, special(i, b), this.end);
		}
		throw new MalformedJsonException(i);
	}

	/**
	 * Go behind an escape, or a character that is more than one byte.
	 */
	private int special(int index, byte first) {
		if (first == '\\') {
			this.escaped = true;
			return escape(index);
		}
		this.ascii = false;
		int more = following(first);
		for (int i = 1; i <= more; i++) {
			if ((byteAt(index + i) & 0xc0) != 0x80) {
				throw new MalformedJsonException(index + i);
			}
		}
		if (more == 0) {
			throw new MalformedJsonException(index);
		}
		return index + 1 + more;
	}

	/**
	 * Return how many bytes belong to the first one of a character; 0 if it is none.
	 */
	private static int following(byte first) {
		if ((first & 0xe0) == 0xc0) {
			return 1;
		}
		if ((first & 0xf0) == 0xe0) {
			return 2;
		}
		return ((first & 0xf8) == 0xf0) ? 3 : 0;
	}

	private int escape(int index) {
		switch (byteAt(index + 1)) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
				return index + 2;
			}
			case 'u' -> {
				for (int i = index + 2; i < index + 6; i++) {
					if (Character.digit(byteAt(i), 16) < 0) {
						throw new MalformedJsonException(i);
					}
				}
				return index + 6;
			}
			default -> throw new MalformedJsonException(index + 1);
		}
	}

	private int byteAt(int index) {
		return (index < this.end) ? this.json[index] : 0;
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
