package dev.reactiveazure.tables;

import tools.jackson.core.JsonParser;

/**
 * The characters of the string that a parser is at, without a string of them. Valid until
 * the parser goes on.
 */
final class ParserText implements CharSequence {

	private static final char[] NONE = {};

	private char[] chars = NONE;

	private int offset;

	private int length;

	/**
	 * Take the characters of the parser's current token, which is a string.
	 */
	ParserText of(JsonParser parser) {
		this.chars = parser.getStringCharacters();
		this.offset = parser.getStringOffset();
		this.length = parser.getStringLength();
		return this;
	}

	@Override
	public int length() {
		return this.length;
	}

	@Override
	public char charAt(int index) {
		return this.chars[this.offset + index];
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return new String(this.chars, this.offset + start, end - start);
	}

	@Override
	public String toString() {
		return new String(this.chars, this.offset, this.length);
	}

}
