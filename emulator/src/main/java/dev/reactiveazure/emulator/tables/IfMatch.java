package dev.reactiveazure.emulator.tables;

import java.util.List;
import java.util.regex.Pattern;

import dev.reactiveazure.emulator.http.Headers;

/**
 * The condition of a write on the version it finds.
 */
sealed interface IfMatch {

	/** No condition was sent: the write creates what it does not find. */
	record Absent() implements IfMatch {

	}

	/** Any version, but one must exist. */
	record Any() implements IfMatch {

	}

	/** Exactly this version. */
	record Exactly(String etag) implements IfMatch {

	}

	/** One ETag, weak or strong. */
	Pattern ETAG = Pattern.compile("(?:W/)?\"[^\"]*\"");

	static IfMatch of(Headers headers) {
		if (headers.first("If-None-Match") != null) {
			throw Refusal.invalidInput();
		}
		List<String> values = headers.all("If-Match");
		if (values.isEmpty()) {
			return new Absent();
		}
		String value = String.join(",", values).trim();
		if (value.equals("*")) {
			return new Any();
		}
		if (!ETAG.matcher(value).matches()) {
			throw Refusal.invalidEtag(value);
		}
		return new Exactly(value);
	}

}
