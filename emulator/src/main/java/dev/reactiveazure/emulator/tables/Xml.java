package dev.reactiveazure.emulator.tables;

/**
 * Text in XML.
 */
final class Xml {

	private Xml() {
	}

	static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		text.codePoints().forEach((each) -> append(escaped, each));
		return escaped.toString();
	}

	private static void append(StringBuilder escaped, int character) {
		switch (character) {
			case '&' -> escaped.append("&amp;");
			case '<' -> escaped.append("&lt;");
			case '>' -> escaped.append("&gt;");
			default -> escaped.appendCodePoint(allowed(character) ? character : 0xFFFD);
		}
	}

	private static boolean allowed(int character) {
		return character >= 0x20 || character == '\n' || character == '\r' || character == '\t';
	}

}
