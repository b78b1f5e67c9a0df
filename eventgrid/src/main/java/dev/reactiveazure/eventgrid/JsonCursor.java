package dev.reactiveazure.eventgrid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Walks through JSON in an array, from value to value, and refuses what is none.
 * <p>
 * Stands in for Jackson's parser where texts are cut out rather than read, and places are
 * asked for: there each place is an object of 48 bytes, and a parser over each payload
 * takes 600. Without limits of depth and length, as the pipeline limits the size of an
 * answer and one odd event must not hide the others. Compared with Jackson on random
 * input in {@code JsonCursorTests}. Not thread-safe.
 */
final class JsonCursor {

	/** What {@link #peek()} says at the end. */
	static final int END = -1;

	/** Jackson's limit, too: to make a number takes the square of its digits in time. */
	private static final int LONGEST_NUMBER = 1_000;

	private static final long[] NONE = {};

	private static final byte[] TRUE = { 't', 'r', 'u', 'e' };

	private static final byte[] FALSE = { 'f', 'a', 'l', 's', 'e' };

	private static final byte[] NULL = { 'n', 'u', 'l', 'l' };

	private final byte[] json;

	private final int end;

	private int at;

	/** Whether the current object or array has had no member yet. */
	private boolean fresh;

	private final JsonString last;

	private @Nullable JsonNames names;

	/** A bit for each object or array that a value to be skipped is within. */
	private long[] objects = NONE;

	/**
	 * Create a cursor at the start.
	 * @param length how much of the array is JSON
	 */
	JsonCursor(byte[] json, int length) {
		this.json = json;
		this.end = length;
		this.last = new JsonString(json, length);
	}

	int position() {
		return this.at;
	}

	/**
	 * Go to the next value or bracket.
	 * @return its first byte; {@link #END} if there is none
	 */
	int peek() {
		int i = this.at;
		while (i < this.end && isBlank(this.json[i])) {
			i++;
		}
		this.at = i;
		return (i < this.end) ? this.json[i] & 0xff : END;
	}

	private static boolean isBlank(byte b) {
		return b == ' ' || b == '\n' || b == '\r' || b == '\t';
	}

	/**
	 * Begin with an object, behind a byte order mark if there is one.
	 */
	void requireObject() {
		if (byteAt(0) == (byte) 0xef && byteAt(1) == (byte) 0xbb && byteAt(2) == (byte) 0xbf) {
			this.at = 3;
		}
		if (peek() != '{') {
			skip();
			throw new IllegalStateException("it is not a JSON object");
		}
	}

	/**
	 * Go into the object or array that comes next.
	 */
	void enter() {
		this.at++;
		this.fresh = true;
	}

	/**
	 * Go to the next member's value, or behind the object.
	 * @return whether there is one, of which {@link #name()} is the name
	 */
	boolean nextMember() {
		if (!next('}')) {
			return false;
		}
		string();
		require(':');
		return true;
	}

	/**
	 * Go to the next element, or behind the array.
	 */
	boolean nextElement() {
		return next(']');
	}

	private boolean next(char bracket) {
		boolean first = this.fresh;
		this.fresh = false;
		if (peek() == bracket) {
			this.at++;
			return false;
		}
		if (!first) {
			require(',');
		}
		return true;
	}

	private void require(char expected) {
		if (peek() != expected) {
			throw new MalformedJsonException(this.at);
		}
		this.at++;
	}

	/**
	 * Return the name of the member that {@link #nextMember()} went to.
	 */
	String name() {
		JsonNames known = this.names;
		if (known == null) {
			known = new JsonNames();
			this.names = known;
		}
		return known.of(this.last);
	}

	/**
	 * Read a string, and nothing else.
	 */
	String text() {
		string();
		return content();
	}

	/**
	 * Read a string, and return what it mostly is if it is the same.
	 */
	String text(@Nullable String candidate) {
		string();
		return (candidate != null && isContent(candidate)) ? candidate : content();
	}

	/**
	 * Read a string.
	 * @return the string; {@code null} if the value is another, which is skipped
	 */
	@Nullable String textOrSkip() {
		if (peek() == '"') {
			return text();
		}
		skip();
		return null;
	}

	/**
	 * Copy a string of ASCII without reading it: the next call finds the same value.
	 * @return its length; -1 if it is no such string, or too long for the target
	 */
	int copyAscii(char[] target) {
		if (peek() != '"') {
			return -1;
		}
		int start = this.at;
		string();
		this.at = start;
		return this.last.copyAscii(target);
	}

	/**
	 * Read a number of at most nine digits.
	 * @return the number; -1 for any other value, which is skipped
	 */
	int count() {
		int first = peek();
		int start = this.at;
		if (first < '0' || first > '9') {
			skip();
			return -1;
		}
		if (!digits() || this.at - start > 9) {
			return -1;
		}
		int value = 0;
		for (int i = start; i < this.at; i++) {
			value = value * 10 + (this.json[i] - '0');
		}
		return value;
	}

	/**
	 * Read a number as the smallest of {@code Integer}, {@code Long}, {@code BigInteger}
	 * that holds it, or as a {@code BigDecimal} if it is not written as a whole one.
	 * @throws NumberFormatException if it takes more than 1,000 digits, also where that
	 * is written as an exponent
	 */
	Number number() {
		peek();
		int start = this.at;
		boolean whole = digits();
		if (this.at - start > LONGEST_NUMBER) {
			throw new NumberFormatException("The number is too long");
		}
		String text = new String(this.json, start, this.at - start, StandardCharsets.ISO_8859_1);
		if (!whole) {
			return decimal(text);
		}
		BigInteger value = new BigInteger(text);
		if (value.bitLength() < Integer.SIZE) {
			return value.intValue();
		}
		return (value.bitLength() < Long.SIZE) ? (Number) value.longValue() : value;
	}

	private static BigDecimal decimal(String text) {
		BigDecimal value = new BigDecimal(text);
		if (Math.abs((long) value.scale()) > LONGEST_NUMBER) {
			// Who makes an integer of it would write it out.
			throw new NumberFormatException("The exponent is too large");
		}
		return value;
	}

	/**
	 * Read any value, and forget it.
	 */
	void skip() {
		int depth = 0;
		do {
			int first = peek();
			if (first != '{' && first != '[') {
				scalar(first);
			}
			else if (!passEmpty((first == '{') ? '}' : ']')) {
				open(depth++, first == '{');
				continue;
			}
			depth = close(depth);
		}
		while (depth > 0);
	}

	private boolean passEmpty(char bracket) {
		this.at++;
		if (peek() != bracket) {
			return false;
		}
		this.at++;
		return true;
	}

	private void open(int depth, boolean object) {
		int word = depth >>> 6;
		if (word == this.objects.length) {
			this.objects = Arrays.copyOf(this.objects, Math.max(1, 2 * word));
		}
		if (object) {
			this.objects[word] |= 1L << depth;
			string();
			require(':');
		}
		else {
			this.objects[word] &= ~(1L << depth);
		}
	}

	/**
	 * Go behind a value, and behind all that ends with it.
	 * @return how deep the next value is; 0 if there is none
	 */
	private int close(int depth) {
		int left = depth;
		while (left > 0) {
			boolean object = (this.objects[(left - 1) >>> 6] & 1L << (left - 1)) != 0;
			int next = peek();
			if (next == ',') {
				this.at++;
				if (object) {
					string();
					require(':');
				}
				return left;
			}
			require(object ? '}' : ']');
			left--;
		}
		return 0;
	}

	private void scalar(int first) {
		switch (first) {
			case '"' -> string();
			case 't' -> literal(TRUE);
			case 'f' -> literal(FALSE);
			case 'n' -> literal(NULL);
			default -> digits();
		}
	}

	private void literal(byte[] expected) {
		for (byte b : expected) {
			if (this.at == this.end || this.json[this.at] != b) {
				throw new MalformedJsonException(this.at);
			}
			this.at++;
		}
	}

	/**
	 * Go behind a number.
	 * @return whether it is whole: without fraction and exponent
	 */
	private boolean digits() {
		if (byteAt(this.at) == '-') {
			this.at++;
		}
		if (byteAt(this.at) == '0') {
			this.at++;
		}
		else {
			someDigits();
		}
		boolean whole = true;
		if (byteAt(this.at) == '.') {
			whole = false;
			this.at++;
			someDigits();
		}
		if ((byteAt(this.at) | 0x20) == 'e') {
			whole = false;
			this.at++;
			if (byteAt(this.at) == '+' || byteAt(this.at) == '-') {
				this.at++;
			}
			someDigits();
		}
		return whole;
	}

	private void someDigits() {
		int start = this.at;
		int i = start;
		while (i < this.end && this.json[i] >= '0' && this.json[i] <= '9') {
			i++;
		}
		if (i == start) {
			throw new MalformedJsonException(start);
		}
		this.at = i;
	}

	private int byteAt(int index) {
		return (index < this.end) ? this.json[index] : 0;
	}

	/**
	 * Go behind a string, which is the one that was read last from then on.
	 */
	void string() {
		require('"');
		this.at = this.last.read(this.at);
	}

	/**
	 * Return whether a string is the one that was read last.
	 */
	boolean isContent(String candidate) {
		return this.last.isContent(candidate);
	}

	/**
	 * Return the string that was read last.
	 */
	String content() {
		return this.last.content();
	}

}
