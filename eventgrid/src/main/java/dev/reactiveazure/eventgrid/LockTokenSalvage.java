package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds lock tokens in a text that has stopped to be JSON, so that its events can be
 * settled rather than stay locked. A token that only looks like one, in some event's
 * data, does no harm: the service answers that it does not know it.
 */
final class LockTokenSalvage {

	private static final Pattern BROKER_PROPERTIES = Pattern.compile("\"brokerProperties\"\\s*:\\s*\\{([^{}]*)\\}");

	private static final Pattern LOCK_TOKEN = Pattern.compile("\"lockToken\"\\s*:");

	private static final Pattern DELIVERY_COUNT = Pattern.compile("\"deliveryCount\"\\s*:\\s*(\\d{1,9})");

	private LockTokenSalvage() {
	}

	static List<ReceivedEvent> from(String text, String reason) {
		List<ReceivedEvent> found = new ArrayList<>();
		Matcher matcher = BROKER_PROPERTIES.matcher(text);
		boolean more = matcher.find();
		while (more) {
			int start = matcher.start();
			String properties = matcher.group(1);
			more = matcher.find();
			String piece = text.substring(start, more ? matcher.start() : text.length());
			String lockToken = lockToken(properties);
			if (!lockToken.isEmpty()) {
				found.add(new ReceivedEvent.Malformed(piece, reason, lockToken, deliveryCount(properties)));
			}
		}
		return found;
	}

	private static String lockToken(String properties) {
		Matcher name = LOCK_TOKEN.matcher(properties);
		return name.find() ? text(properties.substring(name.end())) : "";
	}

	/**
	 * Return the string that a text starts with, without its escapes; an empty one if
	 * there is none.
	 */
	private static String text(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		try {
			return new JsonCursor(bytes, bytes.length).text();
		}
		catch (MalformedJsonException ex) {
			return "";
		}
	}

	private static int deliveryCount(String properties) {
		Matcher count = DELIVERY_COUNT.matcher(properties);
		return count.find() ? Integer.parseInt(count.group(1)) : 1;
	}

}
