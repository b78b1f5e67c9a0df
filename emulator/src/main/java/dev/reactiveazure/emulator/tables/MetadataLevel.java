package dev.reactiveazure.emulator.tables;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How much an answer says about itself.
 */
enum MetadataLevel {

	NONE("nometadata"), MINIMAL("minimalmetadata"), FULL("fullmetadata");

	private final String wireName;

	MetadataLevel(String wireName) {
		this.wireName = wireName;
	}

	String contentType() {
		return "application/json;odata=" + this.wireName + ";streaming=true;charset=utf-8";
	}

	/**
	 * The level that an Accept header or {@code $format} asks for; minimal if it does not
	 * say.
	 */
	static MetadataLevel of(@Nullable String accept) {
		if (accept == null) {
			return MINIMAL;
		}
		String wanted = accept.toLowerCase(Locale.ROOT);
		if (wanted.contains("atom") && !wanted.contains("json")) {
			throw new Refusal(415, "AtomFormatNotSupported", "Atom format is not supported.");
		}
		for (MetadataLevel level : values()) {
			if (wanted.contains("odata=" + level.wireName)) {
				return level;
			}
		}
		return MINIMAL;
	}

}
