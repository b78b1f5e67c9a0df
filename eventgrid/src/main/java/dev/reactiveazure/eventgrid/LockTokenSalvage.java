package dev.reactiveazure.eventgrid;

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

	private static final Pattern LOCK_TOKEN = Pattern.compile("\"lockToken\"\\s*:\\s*\"([^\"]+)\"");

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
			Matcher token = LOCK_TOKEN.matcher(properties);
			if (token.find()) {
				// A service that escapes slashes still means the slash.
				String lockToken = token.group(1).replace("\\/", "/");
				found.add(new ReceivedEvent.Malformed(piece, reason, lockToken, deliveryCount(properties)));
			}
		}
		return found;
	}

	private static int deliveryCount(String properties) {
		Matcher count = DELIVERY_COUNT.matcher(properties);
		return count.find() ? Integer.parseInt(count.group(1)) : 1;
	}

}
