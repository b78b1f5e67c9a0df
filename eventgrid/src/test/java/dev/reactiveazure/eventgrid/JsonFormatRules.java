package dev.reactiveazure.eventgrid;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of CloudEvents 1.0 and its JSON format, taken from the specification and
 * written without a look at our codec. Gives what an event breaks.
 */
final class JsonFormatRules {

	private static final Set<String> REQUIRED = Set.of("specversion", "id", "source", "type");

	private static final Set<String> OPTIONAL = Set.of("subject", "time", "datacontenttype", "dataschema");

	private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]+");

	/** RFC 3339, section 5.6: seconds are not optional, neither is the offset. */
	private static final Pattern DATE_TIME = Pattern
		.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])[Tt]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?"
				+ "([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)");

	/** RFC 2046 as far as it matters: type, subtype, parameters. */
	private static final Pattern MEDIA_TYPE = Pattern
		.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+/[!#$%&'*+.^_`|~0-9A-Za-z-]+(\\s*;\\s*[^;=\\s]+=[^;]+)*");

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private final List<String> broken = new ArrayList<>();

	private final JsonNode event;

	private JsonFormatRules(JsonNode event) {
		this.event = event;
	}

	static List<String> brokenBy(byte[] json) {
		JsonFormatRules rules = new JsonFormatRules(MAPPER.readTree(json));
		rules.check();
		return rules.broken;
	}

	private void require(boolean holds, String rule) {
		if (!holds) {
			this.broken.add(rule);
		}
	}

	private void check() {
		require(this.event.isObject(), "an event is an object");
		for (String name : REQUIRED) {
			require(this.event.path(name).isString() && !this.event.path(name).asString().isEmpty(),
					name + " is a non-empty string");
		}
		require(this.event.path("specversion").asString("").equals("1.0"), "specversion is 1.0");
		require(!this.event.has("data") || !this.event.has("data_base64"), "data and data_base64 exclude each other");
		for (Map.Entry<String, JsonNode> member : this.event.properties()) {
			member(member.getKey(), member.getValue());
		}
		require(isUri(text("source")), "source is a URI reference");
	}

	private void member(String name, JsonNode value) {
		if (name.equals("data")) {
			data(value);
		}
		else if (name.equals("data_base64")) {
			require(value.isString() && isBase64(value.asString()), "data_base64 is Base64");
		}
		else {
			attribute(name, value);
		}
	}

	private void attribute(String name, JsonNode value) {
		boolean known = REQUIRED.contains(name) || OPTIONAL.contains(name);
		if (known) {
			require(value.isString() && !value.asString().isEmpty(), name + " is a non-empty string");
		}
		else {
			require(EXTENSION.matcher(name).matches(), name + " is a name of lower-case letters and digits");
			require(value.isBoolean() || value.isString() || (value.isIntegralNumber() && value.canConvertToInt()),
					name + " is a boolean, a 32-bit integer or a string");
		}
		if (value.isString()) {
			require(isString(value.asString()), name + " has no control character and no half of a pair");
		}
		switch (name) {
			case "time" -> require(DATE_TIME.matcher(value.asString()).matches(), "time is a timestamp of RFC 3339");
			case "datacontenttype" ->
				require(MEDIA_TYPE.matcher(value.asString()).matches(), "datacontenttype is a media type");
			case "dataschema" ->
				require(isUri(value.asString()) && URI.create(value.asString()).isAbsolute(), "dataschema is absolute");
			default -> {
			}
		}
	}

	/**
	 * Section 3.1.1: where the content type is not JSON, data that is no bytes is a
	 * string.
	 */
	private void data(JsonNode value) {
		String type = text("datacontenttype").split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
		boolean json = type.isEmpty() || type.endsWith("/json") || type.endsWith("+json");
		require(json || value.isString(), "data of " + type + " is a string");
	}

	private String text(String name) {
		return this.event.path(name).asString("");
	}

	private static boolean isUri(String text) {
		try {
			return !new URI(text).toString().isEmpty();
		}
		catch (java.net.URISyntaxException ex) {
			return false;
		}
	}

	private static boolean isBase64(String text) {
		try {
			return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static boolean isString(String text) {
		return text.codePoints()
			.noneMatch((c) -> c <= 0x1f || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xdfff)
					|| (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe);
	}

	/**
	 * The kinds of members that events had, to show that none was missing.
	 */
	static Set<String> kindsOf(byte[] json) {
		Set<String> kinds = new HashSet<>();
		for (Map.Entry<String, JsonNode> member : MAPPER.readTree(json).properties()) {
			boolean known = REQUIRED.contains(member.getKey()) || OPTIONAL.contains(member.getKey())
					|| member.getKey().startsWith("data");
			kinds.add((known ? member.getKey() : "extension") + ":" + member.getValue().getNodeType());
		}
		return kinds;
	}

}
