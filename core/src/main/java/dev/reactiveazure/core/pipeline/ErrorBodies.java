package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.reactiveazure.core.ServiceError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a service says about an error: the JSON of Tables ({@code odata.error}) and
 * Event Grid ({@code error}), XML with any prefix, or no body that makes sense.
 * <p>
 * Which it is the body's first byte tells, for the content type does not: XML comes under
 * a JSON content type. A body that can't be read never hides the status.
 */
final class ErrorBodies {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Pattern XML_CODE = Pattern.compile("<(?:\\w+:)?[cC]ode>([^<]*)</");

	private static final Pattern XML_MESSAGE = Pattern.compile("<(?:\\w+:)?[mM]essage(?: [^<>]*)?>([^<]*)</");

	private static final int LONGEST_BODY = 64 * 1024;

	private final Clock clock;

	ErrorBodies(Clock clock) {
		this.clock = clock;
	}

	ServiceError read(Answer answer) {
		String requestId = answer.header("x-ms-request-id");
		String headerCode = answer.header("x-ms-error-code");
		CodeAndMessage body = body(answer);
		String code = (body.code != null) ? body.code : headerCode;
		return new ServiceError(answer.status(), code, body.message, requestId, retryAfter(answer));
	}

	private CodeAndMessage body(Answer answer) {
		String text = new String(answer.bytes(), 0, Math.min(answer.length(), LONGEST_BODY), StandardCharsets.UTF_8);
		text = text.strip();
		if (text.startsWith("\uFEFF")) {
			text = text.substring(1);
		}
		if (text.startsWith("{")) {
			return json(text);
		}
		if (text.startsWith("<")) {
			return new CodeAndMessage(first(XML_CODE, text), first(XML_MESSAGE, text));
		}
		return new CodeAndMessage(null, text.isEmpty() ? null : text.substring(0, Math.min(text.length(), 200)));
	}

	private CodeAndMessage json(String text) {
		try {
			JsonNode root = JSON.readTree(text);
			JsonNode error = root.has("odata.error") ? root.path("odata.error") : root.path("error");
			JsonNode message = error.path("message");
			return new CodeAndMessage(string(error.path("code")),
					string(message.isObject() ? message.path("value") : message));
		}
		catch (JacksonException ex) {
			return new CodeAndMessage(null, null);
		}
	}

	private static @Nullable String string(JsonNode node) {
		String text = node.asString("");
		return text.isBlank() ? null : text;
	}

	private static @Nullable String first(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return (matcher.find() && !matcher.group(1).isBlank()) ? matcher.group(1) : null;
	}

	private @Nullable Duration retryAfter(Answer answer) {
		for (String name : new String[] { "x-ms-retry-after-ms", "retry-after-ms" }) {
			Duration wait = number(answer.header(name), 1);
			if (wait != null) {
				return wait;
			}
		}
		String value = answer.header("Retry-After");
		Duration wait = number(value, 1000);
		return (wait != null) ? wait : untilDate(value);
	}

	private static @Nullable Duration number(@Nullable String value, long millis) {
		if (value == null || value.isBlank() || value.length() > 9 || !value.chars().allMatch(Character::isDigit)) {
			return null;
		}
		return Duration.ofMillis(Long.parseLong(value) * millis);
	}

	private @Nullable Duration untilDate(@Nullable String value) {
		if (value == null) {
			return null;
		}
		try {
			Duration wait = Duration.between(this.clock.instant(),
					ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	private record CodeAndMessage(@Nullable String code, @Nullable String message) {
	}

}
