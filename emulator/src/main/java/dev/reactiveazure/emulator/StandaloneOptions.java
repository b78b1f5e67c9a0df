package dev.reactiveazure.emulator;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the command line of the stand-alone emulator into a builder.
 */
final class StandaloneOptions {

	static final String TABLES_PORT = "--tables-port";

	static final String EVENT_GRID_PORT = "--eventgrid-port";

	static final String HTTPS = "--https";

	static final String HELP = """
			Usage: java -jar reactiveazure-emulator-standalone.jar [OPTION...]

			Emulates Azure Table storage and an Event Grid namespace in memory, on loopback, for development and tests.
			Prints 'tables: CONNECTION_STRING', 'eventgrid: ENDPOINT' and 'ready', then runs until it is stopped.

			  --tables-port=PORT          port of Table storage (default 0: a free one)
			  --eventgrid-port=PORT       port of Event Grid (default 0: a free one)
			  --account-name=NAME         name of the storage account: lower-case letters and digits
			                              (default devstoreaccount1)
			  --account-key=KEY           key of the storage account in base64
			                              (default: that of every development account)
			  --eventgrid-key=KEY         access key of Event Grid
			                              (default %s, for development only)
			  --subscription=TOPIC/SUB    declares a topic with a subscription; may be repeated
			  --lock-duration=DURATION    how long a received event stays locked, as 500ms, 60s, 5m (default 60s)
			  --max-delivery-count=COUNT  deliveries of an event before it is dead-lettered (default 10)
			  --accept-tokens             takes every bearer token of Entra ID for valid
			  --https=FILE                speaks HTTPS with a fresh certificate for localhost, which is written to FILE
			                              in PEM, for clients to trust
			  --help                      prints this text""";

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

	private StandaloneOptions() {
	}

	/**
	 * Applies options.
	 * @param arguments the command line
	 * @param builder the builder to configure
	 * @throws IllegalArgumentException if an option is unknown or malformed; the message
	 * names it
	 */
	static void apply(String[] arguments, AzureEmulatorBuilder builder) {
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			String name = (equals < 0) ? argument : argument.substring(0, equals);
			String value = (equals < 0) ? "" : argument.substring(equals + 1);
			apply(name, value, builder);
		}
	}

	private static void apply(String name, String value, AzureEmulatorBuilder builder) {
		switch (name) {
			case TABLES_PORT -> builder.tablesPort(port(name, value));
			case EVENT_GRID_PORT -> builder.eventGridPort(port(name, value));
			case "--account-name" -> accountName(name, value, builder);
			case "--account-key" -> builder.accountKey(base64(name, value));
			case "--accept-tokens" -> builder.acceptBearerTokens(flag(name, value));
			case HTTPS -> builder.https(!text(name, value).isEmpty());
			case "--eventgrid-key" -> builder.eventGridKey(text(name, value));
			case "--subscription" -> subscription(name, value, builder);
			case "--lock-duration" -> builder.lockDuration(duration(name, value));
			case "--max-delivery-count" -> builder.maxDeliveryCount(count(name, value));
			default -> throw new IllegalArgumentException("Unknown option: " + name);
		}
	}

	private static void accountName(String name, String value, AzureEmulatorBuilder builder) {
		try {
			builder.accountName(value);
		}
		catch (IllegalArgumentException ex) {
			throw malformed(name, value, "lower-case letters and digits");
		}
	}

	private static String base64(String name, String value) {
		try {
			if (Base64.getDecoder().decode(value).length > 0) {
				return value;
			}
		}
		catch (IllegalArgumentException ex) {
			// Answered below, without the text, which may be somebody's key.
		}
		throw malformed(name, "***", "a key in base64");
	}

	private static boolean flag(String name, String value) {
		if (!value.isEmpty()) {
			throw malformed(name, value, "no value");
		}
		return true;
	}

	/**
	 * Where the certificate is to be written.
	 * @return the file; null without HTTPS
	 */
	static @Nullable Path certificateFile(String[] arguments) {
		return Arrays.stream(arguments)
			.filter((argument) -> argument.startsWith(HTTPS + "="))
			.map((argument) -> Path.of(argument.substring(HTTPS.length() + 1)))
			.reduce((first, last) -> last)
			.orElse(null);
	}

	private static void subscription(String name, String value, AzureEmulatorBuilder builder) {
		try {
			builder.subscription(value);
		}
		catch (IllegalArgumentException ex) {
			throw malformed(name, value, "TOPIC/SUB");
		}
	}

	private static int port(String name, String value) {
		return number(name, value, 0, 65535);
	}

	private static int count(String name, String value) {
		return number(name, value, 1, 1_000_000);
	}

	private static int number(String name, String value, int first, int last) {
		try {
			int number = Integer.parseInt(value);
			if (number >= first && number <= last) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Answered below, like a number out of range.
		}
		throw malformed(name, value, "a number from " + first + " to " + last);
	}

	private static String text(String name, String value) {
		if (value.isBlank()) {
			throw malformed(name, value, "a value, as in " + name + "=VALUE");
		}
		return value;
	}

	private static Duration duration(String name, String value) {
		Duration duration = parse(value);
		if (duration.isZero() || duration.isNegative()) {
			throw malformed(name, value, "a duration of more than zero, as 500ms, 60s or 5m");
		}
		return duration;
	}

	private static Duration parse(String value) {
		Matcher matcher = DURATION.matcher(value);
		if (matcher.matches()) {
			long amount = Long.parseLong(matcher.group(1));
			return switch (matcher.group(2)) {
				case "ms" -> Duration.ofMillis(amount);
				case "s" -> Duration.ofSeconds(amount);
				default -> Duration.ofMinutes(amount);
			};
		}
		try {
			return Duration.parse(value);
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

	private static IllegalArgumentException malformed(String name, String value, String expected) {
		return new IllegalArgumentException(name + "=" + value + ": expected " + expected);
	}

}
