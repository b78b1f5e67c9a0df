package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Set;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What CloudEvents allow as names and values of attributes.
 */
final class EventAttributes {

	private static final Set<String> RESERVED = Set.of("specversion", "id", "source", "type", "subject", "time",
			"datacontenttype", "dataschema", "data", "data_base64");

	private EventAttributes() {
	}

	static void requireVersion(CloudEvent event) {
		if (event.getSpecVersion() != SpecVersion.V1) {
			throw new IllegalArgumentException("Event Grid takes CloudEvents 1.0, not " + event.getSpecVersion());
		}
	}

	/**
	 * Return the value of an attribute that each event has.
	 * @throws IllegalArgumentException if it is missing, empty or no CloudEvents string
	 */
	static String required(String name, @Nullable String value) {
		String present = present(name, value);
		requireText(name, present);
		return present;
	}

	/**
	 * Return the value of an attribute that each event has, which may be no CloudEvents
	 * string.
	 * @throws IllegalArgumentException if it is missing or empty
	 */
	static String present(String name, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			throw new IllegalArgumentException("The attribute '" + name + "' must not be empty");
		}
		return value;
	}

	/**
	 * Return the value of an attribute that an event may lack.
	 * @throws IllegalArgumentException if it is empty or no CloudEvents string
	 */
	static @Nullable String optional(String name, @Nullable String value) {
		if (value == null) {
			return null;
		}
		requireText(name, notEmpty(name, value));
		return value;
	}

	/**
	 * Return a value that an event has but might lack, which may be no CloudEvents
	 * string.
	 * @throws IllegalArgumentException if it is empty
	 */
	static String notEmpty(String name, String value) {
		if (value.isEmpty()) {
			throw new IllegalArgumentException("The attribute '" + name + "' must be absent rather than empty");
		}
		return value;
	}

	static void requireExtensionName(String name) {
		Assert.isTrue(isExtensionName(name), () -> "The extension '" + name
				+ "' needs another name: lower-case ASCII letters and digits, and not an attribute's");
	}

	private static boolean isExtensionName(String name) {
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
				return false;
			}
		}
		return !name.isEmpty() && !RESERVED.contains(name);
	}

	static void requireExtensionValue(String name, @Nullable Object value) {
		if (value instanceof String text) {
			requireText(name, text);
			return;
		}
		if (value instanceof Number number) {
			requireInteger(name, number);
			return;
		}
		Assert.isTrue(
				value instanceof Boolean || value instanceof URI || value instanceof OffsetDateTime
						|| value instanceof byte[],
				() -> "The extension '" + name + "' can't be a "
						+ ((value != null) ? value.getClass().getSimpleName() : "null")
						+ ": CloudEvents know strings, booleans, 32-bit integers, URIs, times and bytes");
	}

	private static void requireInteger(String name, Number number) {
		boolean whole = number instanceof Integer || number instanceof Long || number instanceof Short
				|| number instanceof Byte;
		Assert.isTrue(whole && number.longValue() == number.intValue(), () -> "The extension '" + name
				+ "' must be a 32-bit integer, but was " + number + ": give it as a string");
	}

	/**
	 * Refuse what a String attribute must not hold: control characters and halves of
	 * surrogate pairs.
	 */
	static void requireText(String name, String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
			if (control || (Character.isSurrogate(c) && !isPair(text, i))) {
				throw new IllegalArgumentException("The attribute '" + name + "' has a control character or half a "
						+ "surrogate pair at index " + i);
			}
			i += Character.isHighSurrogate(c) ? 1 : 0;
		}
	}

	private static boolean isPair(String text, int index) {
		return Character.isHighSurrogate(text.charAt(index)) && index + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(index + 1));
	}

	/**
	 * Return whether data of a content type is JSON: without one, or with a subtype that
	 * is {@code json} or ends in {@code +json}.
	 */
	static boolean isJson(@Nullable String contentType) {
		if (contentType == null) {
			return true;
		}
		int end = contentType.indexOf(';');
		end = (end == -1) ? contentType.length() : end;
		while (end > 0 && contentType.charAt(end - 1) == ' ') {
			end--;
		}
		return endsWith(contentType, end, "/json") || endsWith(contentType, end, "+json");
	}

	private static boolean endsWith(String text, int end, String suffix) {
		return text.regionMatches(true, end - suffix.length(), suffix, 0, suffix.length());
	}

}
