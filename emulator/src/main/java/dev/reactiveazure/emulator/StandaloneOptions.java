package dev.reactiveazure.emulator;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the command line of the stand-alone emulator into a builder.
 */
final class StandaloneOptions {

	static final String TABLES_PORT = "--tables-port";

	static final String EVENT_GRID_PORT = "--eventgrid-port";

	static final String HELP = """
			Usage: java -jar reactiveazure-emulator-standalone.jar [OPTION...]

			Emulates Azure Table storage and an Event Grid namespace in memory, on loopback, for development and tests.
			Prints 'tables: CONNECTION_STRING', 'eventgrid: ENDPOINT' and 'ready', then runs until it is stopped.

			  --tables-port=PORT          port of Table storage (default 0: a free one)
			  --eventgrid-port=PORT       port of Event Grid (default 0: a free one)
			  --eventgrid-key=KEY         access key of Event Grid
			                              (default %s, for development only)
			  --subscription=TOPIC/SUB    declares a topic with a subscription; may be repeated
			  --lock-duration=DURATION    how long a received event stays locked, as 500ms, 60s, 5m (default 60s)
			  --max-delivery-count=COUNT  deliveries of an event before it is dead-lettered (default 10)
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
			case "--eventgrid-key" -> builder.eventGridKey(text(name, value));
			case "--subscription" -> subscription(name, value, builder);
			case "--lock-duration" -> builder.lockDuration(duration(name, value));
			case "--max-delivery-count" -> builder.maxDeliveryCount(count(name, value));
			default -> throw new IllegalArgumentException("Unknown option: " + name);
		}
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
