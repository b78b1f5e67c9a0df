package dev.reactiveazure.emulator.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding of UTF-8 text in URIs. A plus sign is a plus sign, never a blank.
 */
public final class Percent {

	private Percent() {
	}

	/**
	 * Decodes {@code %xx} and nothing else.
	 * @param text the encoded text
	 * @return the decoded text; a malformed escape stays as it is
	 */
	public static String decode(String text) {
		if (text.indexOf('%') < 0) {
			return text;
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
		byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < encoded.length; i++) {
			int value = (encoded[i] == '%') ? hex(encoded, i + 1) : -1;
			if (value < 0) {
				bytes.write(encoded[i]);
			}
			else {
				bytes.write(value);
				i += 2;
			}
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	/**
	 * Encodes everything but unreserved characters.
	 * @param text the text
	 * @return the encoded text
	 */
	public static String encode(String text) {
		StringBuilder encoded = new StringBuilder(text.length() + 16);
		for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
			if (unreserved(each)) {
				encoded.append((char) each);
			}
			else {
				encoded.append('%')
					.append(Character.toUpperCase(Character.forDigit((each >> 4) & 0xF, 16)))
					.append(Character.toUpperCase(Character.forDigit(each & 0xF, 16)));
			}
		}
		return encoded.toString();
	}

	private static boolean unreserved(byte value) {
		return (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9')
				|| value == '-' || value == '.' || value == '_' || value == '~';
	}

	private static int hex(byte[] text, int offset) {
		if (offset + 1 >= text.length) {
			return -1;
		}
		int high = Character.digit(text[offset], 16);
		int low = Character.digit(text[offset + 1], 16);
		return (high < 0 || low < 0) ? -1 : (high << 4) | low;
	}

}
