package dev.reactiveazure.core.pipeline;

import java.util.BitSet;

/**
 * Tells whether path and query may be sent as they are: to have them parsed as a URI
 * takes 300 bytes and 0.6 µs a call.
 */
final class EncodedTarget {

	private static final BitSet PATH = of("_-!.~'()*:@&=+$,;/");

	private static final BitSet QUERY = of("_-!.~'()*:@&=+$,;/?[]");

	private EncodedTarget() {
	}

	private static BitSet of(String others) {
		BitSet allowed = new BitSet(128);
		allowed.set('0', '9' + 1);
		allowed.set('A', 'Z' + 1);
		allowed.set('a', 'z' + 1);
		others.chars().forEach(allowed::set);
		return allowed;
	}

	/**
	 * Return whether a target begins with a slash and has only characters of a URI, of
	 * which others are percent-encoded.
	 */
	static boolean isValid(String target) {
		if (target.isEmpty() || target.charAt(0) != '/') {
			return false;
		}
		BitSet allowed = PATH;
		int length = target.length();
		for (int i = 1; i < length; i++) {
			char c = target.charAt(i);
			if (c == '%') {
				if (i + 2 >= length || !isHex(target.charAt(i + 1)) || !isHex(target.charAt(i + 2))) {
					return false;
				}
				i += 2;
			}
			else if (c == '?' && allowed == PATH) {
				allowed = QUERY;
			}
			else if (!allowed.get(c)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isHex(char c) {
		return Character.digit(c, 16) >= 0 && c < 0x80;
	}

}
