package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encodes everything but the unreserved characters {@code A-Za-z0-9-._~}, as
 * UTF-8 with upper-case digits.
 */
public final class PercentEncoding {

	private static final char[] HEX = "0123456789ABCDEF".toCharArray();

	private PercentEncoding() {
	}

	public static String encode(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (!isUnreserved(text.charAt(i))) {
				StringBuilder target = new StringBuilder(text.length() + 16);
				append(target, text);
				return target.toString();
			}
		}
		return text;
	}

	public static void append(StringBuilder target, String text) {
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (isUnreserved(c)) {
				continue;
			}
			target.append(text, start, i);
			int end = i + (ByteSink.pairAt(text, i) ? 2 : 1);
			for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
				target.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
			}
			start = end;
			i = end - 1;
		}
		target.append(text, start, text.length());
	}

	private static boolean isUnreserved(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
				|| c == '_' || c == '~';
	}

}
