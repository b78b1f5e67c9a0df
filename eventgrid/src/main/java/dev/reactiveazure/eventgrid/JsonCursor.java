package dev.reactiveazure.eventgrid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Walks through JSON in an array, from value to value, and refuses what is none.
 * <p>
 * Stands in for Jackson's parser where texts are cut out rather than read, and places are
 * asked for: there each place is an object of 48 bytes, and a parser over each payload
 * takes 600. Compared with Jackson on random input in {@code JsonCursorTests}. Not
 * thread-safe.
 */
final class JsonCursor {

	/** What {@link #peek()} says at the end. */
	static final int END = -1;

	/** Jackson's limit, too: to make a number takes the square of its digits in time. */
	private static final int LONGEST_NUMBER = 1_000;

	private final byte[] json;

	private final int end;

	private final JsonScan scan;

	private int at;

	/** Whether the current object or array has had no member yet. */
	private boolean fresh;

	private final JsonString last;

	private @Nullable JsonNames names;

	/**
	 * Create a cursor at the start.
	 * @param length how much of the array is JSON
	 */
	JsonCursor(byte[] json, int length) {
		this.json = json;
		this.end = length;
		this.scan = new JsonScan(json, length);
		this.last = new JsonString(json, length, this.scan);
	}

	int position() {
		return this.at;
	}

	/**
	 * Go to the next value or bracket.
	 * @return its first byte; {@link #END} if there is none
	 */
	int peek() {
		this.at = this.scan.blanks(this.at);
		return (this.at < this.end) ? this.json[this.at] & 0xff : END;
	}

	/**
	 * Begin with an object, behind a byte order mark if there is one.
	 */
	void requireObject() {
		if (this.scan.byteAt(0) == (byte) 0xef && this.scan.byteAt(1) == (byte) 0xbb
				&& this.scan.byteAt(2) == (byte) 0xbf) {
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
		this.at = this.scan.required(':', this.at);
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
			this.at = this.scan.required(',', this.at);
		}
		return true;
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
		this.at = this.scan.number(start);
		if (this.at - start > 9 || !isWhole(start)) {
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
		this.at = this.scan.number(start);
		if (this.at - start > LONGEST_NUMBER) {
			throw new NumberFormatException("The number is too long");
		}
		String text = new String(this.json, start, this.at - start, StandardCharsets.ISO_8859_1);
		if (!isWhole(start)) {
			return decimal(text);
		}
		BigInteger value = new BigInteger(text);
		if (value.bitLength() < Integer.SIZE) {
			return value.intValue();
		}
		return (value.bitLength() < Long.SIZE) ? (Number) value.longValue() : value;
	}

	/**
	 * Return whether a number that ends here has neither fraction nor exponent.
	 */
	private boolean isWhole(int start) {
		for (int i = start; i < this.at; i++) {
			if (this.json[i] > '9' || this.json[i] == '.') {
				return false;
			}
		}
		return true;
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
		this.at = this.scan.value(this.at);
	}

	/**
	 * Go behind a string, which is the one that was read last from then on.
	 */
	void string() {
		this.at = this.last.read(this.scan.required('"', this.at));
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
