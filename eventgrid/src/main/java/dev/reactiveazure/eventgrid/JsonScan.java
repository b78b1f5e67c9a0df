package dev.reactiveazure.eventgrid;

import java.util.Arrays;

/**
 * Finds where values of JSON in an array end, and refuses what is none.
 * <p>
 * A method that passes something is given a place and returns the one behind. Without
 * limits of depth and length, as the pipeline limits the size of an answer and one odd
 * event must not hide the others. Compared with Jackson on random input in
 * {@code JsonCursorTests}. Not thread-safe.
 */
final class JsonScan {

	private static final long[] NONE = {};

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final byte[] json;

	private final int end;

	/** A bit for each value that another one is within: whether it is an object. */
	private long[] objects = NONE;

	/**
	 * Create a scan.
	 * @param end how much of the array is JSON
	 */
	JsonScan(byte[] json, int end) {
		this.json = json;
		this.end = end;
	}

	/**
	 * Return a byte; 0, which is none of JSON, behind the end.
	 */
	byte byteAt(int index) {
		return (index < this.end) ? this.json[index] : 0;
	}

	/**
	 * Pass what is blank.
	 */
	int blanks(int from) {
		int at = from;
		while (at < this.end && isBlank(this.json[at])) {
			at++;
		}
		return at;
	}

	private static boolean isBlank(byte b) {
		return b == ' ' || b == '\n' || b == '\r' || b == '\t';
	}

	/**
	 * Pass blanks and a byte.
	 */
	int required(char expected, int from) {
		int at = blanks(from);
		if (byteAt(at) != expected) {
			throw new MalformedJsonException(at);
		}
		return at + 1;
	}

	/**
	 * Pass blanks and any value.
	 */
	int value(int from) {
		int at = blanks(from);
		byte first = byteAt(at);
		return (first == '{' || first == '[') ? nested(at) : scalar(first, at);
	}

	/**
	 * Pass an object or array: in a loop, as the thread's stack is not as deep as JSON.
	 */
	private int nested(int from) {
		int at = from;
		int depth = 0;
		boolean object = false;
		do {
			byte first = byteAt(at);
			if (first == '{' || first == '[') {
				enter(depth++, object);
				object = first == '{';
				at = blanks(at + 1);
				if (byteAt(at) != bracket(object)) {
					at = object ? name(at) : at;
					continue;
				}
			}
			else {
				at = scalar(first, at);
			}
			while (depth > 0) {
				at = blanks(at);
				if (byteAt(at) == ',') {
					at = object ? name(at + 1) : blanks(at + 1);
					break;
				}
				at = required(bracket(object), at);
				object = isObject(--depth);
			}
		}
		while (depth > 0);
		return at;
	}

	private static char bracket(boolean object) {
		return object ? '}' : ']';
	}

	private void enter(int depth, boolean fromObject) {
		int word = depth >>> 6;
		if (word == this.objects.length) {
			this.objects = Arrays.copyOf(this.objects, Math.max(1, 2 * word));
		}
		long bit = 1L << depth;
		this.objects[word] = fromObject ? this.objects[word] | bit : this.objects[word] & ~bit;
	}

	private boolean isObject(int depth) {
		return (this.objects[depth >>> 6] & 1L << depth) != 0;
	}

	/**
	 * Pass a member's name and all that is between it and the value.
	 */
	private int name(int from) {
		return blanks(required(':', text(required('"', from))));
	}

	private int scalar(byte first, int at) {
		return switch (first) {
			case '"' -> text(at + 1);
			case 't' -> literal(TRUE, at);
			case 'f' -> literal(FALSE, at);
			case 'n' -> literal(NULL, at);
			default -> number(at);
		};
	}

	private int literal(byte[] expected, int from) {
		int at = from;
		for (byte b : expected) {
			if (byteAt(at) != b) {
				throw new MalformedJsonException(at);
			}
			at++;
		}
		return at;
	}

	/**
	 * Pass a number.
	 */
	int number(int from) {
		int at = (byteAt(from) == '-') ? from + 1 : from;
		at = (byteAt(at) == '0') ? at + 1 : digits(at);
		if (byteAt(at) == '.') {
			at = digits(at + 1);
		}
		if ((byteAt(at) | 0x20) == 'e') {
			at++;
			at = digits((byteAt(at) == '+' || byteAt(at) == '-') ? at + 1 : at);
		}
		return at;
	}

	private int digits(int from) {
		int at = from;
		while (at < this.end && this.json[at] >= '0' && this.json[at] <= '9') {
			at++;
		}
		if (at == from) {
			throw new MalformedJsonException(at);
		}
		return at;
	}

	/**
	 * Pass the rest of a string.
	 * @param from the place behind its opening quote
	 */
	private int text(int from) {
		int at = PlainRun.end(this.json, from, this.end);
		while (byteAt(at) != '"') {
			at = PlainRun.end(this.json, special(at), this.end);
		}
		return at + 1;
	}

	/**
	 * Pass an escape, or a character that is more than one byte.
	 * @throws MalformedJsonException for any other, or none
	 */
	int special(int from) {
		byte first = byteAt(from);
		if (first == '\\') {
			return escape(from);
		}
		int more = following(first);
		for (int i = 1; i <= more; i++) {
			if ((byteAt(from + i) & 0xc0) != 0x80) {
				throw new MalformedJsonException(from + i);
			}
		}
		if (more == 0) {
			throw new MalformedJsonException(from);
		}
		return from + 1 + more;
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

	private int escape(int from) {
		switch (byteAt(from + 1)) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
				return from + 2;
			}
			case 'u' -> {
				for (int i = from + 2; i < from + 6; i++) {
					if (Character.digit(byteAt(i), 16) < 0) {
						throw new MalformedJsonException(i);
					}
				}
				return from + 6;
			}
			default -> throw new MalformedJsonException(from + 1);
		}
	}

}
