package dev.reactiveazure.eventgrid.listener;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.reactiveazure.eventgrid.GridEvent;
import io.cloudevents.CloudEvent;

/**
 * Extension attributes that tell why an event could not be handled, and where it came
 * from. Messages of errors come from anywhere: what looks like a credential is masked.
 */
final class CauseAttributes {

	static final String ERROR_TYPE = "errortype";

	static final String ERROR_MESSAGE = "errormessage";

	static final String ERROR_KIND = "errorkind";

	static final String TOPIC = "originaltopic";

	static final String SUBSCRIPTION = "originalsubscription";

	static final String LISTENER = "originallistener";

	static final String DELIVERY_COUNT = "deliverycount";

	private static final int LONGEST_MESSAGE = 1_000;

	private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

	private static final Pattern SECRET = Pattern
		.compile("(?i)\\b(sig|signature|accountkey|sharedaccesskey|access[-_]?key|api[-_]?key|aeg-sas-key|aeg-sas-token"
				+ "|password|secret|token|authorization)(\"?\\s*[=:]\\s*\"?)((?:bearer|basic|sharedaccesskey"
				+ "|sharedaccesssignature)\\s+)?[^\\s&;,\"]+");

	private CauseAttributes() {
	}

	static void add(FailedDelivery failed, GridEvent.Builder event) {
		event.extension(ERROR_TYPE, failed.error().getClass().getName())
			.extension(ERROR_MESSAGE, message(failed.error()))
			.extension(ERROR_KIND, failed.kind().name().toLowerCase(Locale.ROOT))
			.extension(TOPIC, failed.topic())
			.extension(SUBSCRIPTION, failed.subscription())
			.extension(LISTENER, failed.listenerId())
			.extension(DELIVERY_COUNT, failed.event().deliveryCount());
	}

	static void copyExtensions(CloudEvent from, GridEvent.Builder to) {
		for (String name : from.getExtensionNames()) {
			Object value = from.getExtension(name);
			if (value != null) {
				to.extension(name, value);
			}
		}
	}

	static String message(Throwable error) {
		String message = (error.getMessage() != null) ? error.getMessage() : error.getClass().getSimpleName();
		// Before the cut: it could leave half a secret that is not recognised.
		String masked = SECRET.matcher(message).replaceAll("$1$2***");
		String cut = masked.substring(0, Math.min(masked.length(), LONGEST_MESSAGE));
		return CONTROL.matcher(cut).replaceAll(" ");
	}

}
