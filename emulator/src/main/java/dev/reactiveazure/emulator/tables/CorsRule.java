package dev.reactiveazure.emulator.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A rule about which scripts of other origins a browser lets use the service.
 *
 * @param origins the allowed origins, or {@code *}
 * @param methods the allowed verbs
 * @param headers the header fields that a request may have; {@code x-ms-*} stands for all
 * that begin so
 * @param exposed the header fields of an answer that the script may read, in the same
 * form
 * @param maxAge how long a browser may remember a preflight, in seconds
 */
record CorsRule(List<String> origins, List<String> methods, List<String> headers, List<String> exposed, int maxAge) {

	private static final String ANY = "*";

	/**
	 * Reads a rule.
	 * @throws Refusal if it is malformed
	 */
	static CorsRule of(Element rule) {
		if (!rule.getTagName().equals("CorsRule")) {
			throw ServiceHandler.invalidXml();
		}
		return new CorsRule(list(rule, "AllowedOrigins"), list(rule, "AllowedMethods"), list(rule, "AllowedHeaders"),
				list(rule, "ExposedHeaders"), maxAge(ServiceHandler.text(rule, "MaxAgeInSeconds")));
	}

	private static List<String> list(Element rule, String name) {
		String text = ServiceHandler.text(rule, name);
		return split((text != null) ? text : "");
	}

	/**
	 * Splits a list that is separated by commas.
	 */
	static List<String> split(String text) {
		return Arrays.stream(text.split(",")).map(String::trim).filter((each) -> !each.isEmpty()).toList();
	}

	private static int maxAge(@Nullable String seconds) {
		if (seconds == null || seconds.isEmpty()) {
			return 0;
		}
		if (!seconds.matches("\\d{1,9}")) {
			throw ServiceHandler.invalidXml();
		}
		return Integer.parseInt(seconds);
	}

	boolean anyOrigin() {
		return this.origins.contains(ANY);
	}

	boolean allows(String origin, String method) {
		return (anyOrigin() || this.origins.contains(origin)) && this.methods.contains(method.toUpperCase(Locale.ROOT));
	}

	boolean allowsHeaders(List<String> names) {
		return names.stream().allMatch((name) -> covers(this.headers, name));
	}

	/**
	 * The names of an answer's header fields that a script may read.
	 */
	List<String> exposedOf(Iterable<String> names) {
		List<String> readable = new ArrayList<>();
		for (String name : names) {
			if (covers(this.exposed, name)) {
				readable.add(name);
			}
		}
		return readable;
	}

	private static boolean covers(List<String> patterns, String name) {
		return patterns.stream().anyMatch((pattern) -> covers(pattern, name));
	}

	private static boolean covers(String pattern, String name) {
		if (!pattern.endsWith(ANY)) {
			return pattern.equalsIgnoreCase(name);
		}
		int prefix = pattern.length() - ANY.length();
		return name.regionMatches(true, 0, pattern, 0, prefix);
	}

}
