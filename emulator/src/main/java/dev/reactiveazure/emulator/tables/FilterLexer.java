package dev.reactiveazure.emulator.tables;

import java.time.DateTimeException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Cuts the text of a filter into tokens, one at a time.
 */
final class FilterLexer {

	private final String text;

	private int position;

	FilterLexer(String text) {
		this.text = text;
	}

	Token next() {
		while (this.position < this.text.length() && Character.isWhitespace(this.text.charAt(this.position))) {
			this.position++;
		}
		if (this.position >= this.text.length()) {
			return token(Kind.END, "", null);
		}
		char first = this.text.charAt(this.position);
		return switch (first) {
			case '(' -> single(Kind.OPEN);
			case ')' -> single(Kind.CLOSE);
			case '\'' -> token(Kind.LITERAL, "", EdmValue.string(quoted()));
			default -> word(first);
		};
	}

	Refusal syntaxError() {
		return Refusal.invalidInput("Syntax error at position " + this.position + " in '" + this.text + "'.");
	}

	private Token single(Kind kind) {
		this.position++;
		return token(kind, "", null);
	}

	private Token token(Kind kind, String name, @Nullable EdmValue literal) {
		return new Token(kind, name, literal);
	}

	private Token word(char first) {
		if (first == '-' || Character.isDigit(first)) {
			return number();
		}
		if (!Character.isLetter(first) && first != '_') {
			this.position++;
			throw syntaxError();
		}
		int start = this.position;
		while (this.position < this.text.length() && namePart(this.text.charAt(this.position))) {
			this.position++;
		}
		String name = this.text.substring(start, this.position);
		if (this.position < this.text.length() && this.text.charAt(this.position) == '\'') {
			return token(Kind.LITERAL, "", prefixed(name));
		}
		return switch (name) {
			case "true" -> token(Kind.LITERAL, "", new EdmValue(EdmType.BOOLEAN, Boolean.TRUE));
			case "false" -> token(Kind.LITERAL, "", new EdmValue(EdmType.BOOLEAN, Boolean.FALSE));
			default -> token(Kind.NAME, name, null);
		};
	}

	private static boolean namePart(char character) {
		return Character.isLetterOrDigit(character) || character == '_' || Character.isSurrogate(character);
	}

	private EdmValue prefixed(String prefix) {
		String content = quoted();
		return switch (prefix) {
			case "datetime" -> dateTime(content);
			case "guid" -> EdmText.parse("", EdmType.GUID, content);
			case "X", "binary" -> binary(content);
			default -> throw syntaxError();
		};
	}

	private EdmValue dateTime(String content) {
		try {
			return EdmValue.dateTime(EdmText.instant(content));
		}
		catch (DateTimeException ex) {
			throw syntaxError();
		}
	}

	private EdmValue binary(String content) {
		try {
			return new EdmValue(EdmType.BINARY, HexFormat.of().parseHex(content));
		}
		catch (IllegalArgumentException ex) {
			throw syntaxError();
		}
	}

	private String quoted() {
		StringBuilder content = new StringBuilder();
		this.position++;
		while (this.position < this.text.length()) {
			char character = this.text.charAt(this.position++);
			if (character != '\'') {
				content.append(character);
			}
			else if (this.position < this.text.length() && this.text.charAt(this.position) == '\'') {
				content.append('\'');
				this.position++;
			}
			else {
				return content.toString();
			}
		}
		throw syntaxError();
	}

	private Token number() {
		int start = this.position++;
		while (this.position < this.text.length() && numberPart(this.text.charAt(this.position))) {
			this.position++;
		}
		String digits = this.text.substring(start, this.position);
		try {
			return token(Kind.LITERAL, "", numberValue(digits));
		}
		catch (NumberFormatException ex) {
			throw syntaxError();
		}
	}

	private boolean numberPart(char character) {
		char before = this.text.charAt(this.position - 1);
		boolean exponentSign = (character == '-' || character == '+') && (before == 'e' || before == 'E');
		return exponentSign || character == '.' || Character.isLetterOrDigit(character);
	}

	private static EdmValue numberValue(String digits) {
		if (digits.endsWith("L")) {
			return new EdmValue(EdmType.INT64, Long.valueOf(digits.substring(0, digits.length() - 1)));
		}
		if (digits.chars().anyMatch((each) -> each == '.' || each == 'e' || each == 'E')) {
			return EdmText.parse("", EdmType.DOUBLE, digits);
		}
		return new EdmValue(EdmType.INT32, Integer.valueOf(digits));
	}

	enum Kind {

		OPEN, CLOSE, NAME, LITERAL, END

	}

	/**
	 * A piece of a filter.
	 *
	 * @param kind what it is
	 * @param name the text of a name, else empty
	 * @param literal the value of a literal, else null
	 */
	record Token(Kind kind, String name, @Nullable EdmValue literal) {

		boolean is(String keyword) {
			return this.kind == Kind.NAME && this.name.equals(keyword);
		}

	}

}
