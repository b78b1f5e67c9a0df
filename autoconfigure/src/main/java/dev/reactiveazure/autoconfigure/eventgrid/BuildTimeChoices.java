package dev.reactiveazure.autoconfigure.eventgrid;

import java.util.Locale;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;

/**
 * The properties that decide which beans there are. An application that was processed
 * ahead of time has those of its build, whatever the properties say when it runs: one
 * that would publish in another schema than it is told to is not to start.
 */
final class BuildTimeChoices {

	private static final String PROCESSED = " It was processed ahead of time, which fixes the property: set it for the"
			+ " build, too";

	private BuildTimeChoices() {
	}

	/**
	 * Refuse what is no namespace.
	 * @param prefix the prefix of the connection's properties, without a dot at its end
	 */
	static void requireNamespace(String prefix, EventGridConnectionProperties properties) {
		if (properties.getKind().isBasic()) {
			throw kept(prefix + ".kind", properties.getKind(), "a client of a namespace");
		}
	}

	/**
	 * Refuse a namespace.
	 * @param prefix the prefix of the connection's properties, without a dot at its end
	 */
	static void requireBasicTier(String prefix, EventGridConnectionProperties properties) {
		if (!properties.getKind().isBasic()) {
			throw kept(prefix + ".kind", properties.getKind(), "a client of the Basic tier");
		}
	}

	/**
	 * Refuse another schema.
	 * @param prefix the prefix of the connection's properties, without a dot at its end
	 * @param schema the schema of the publisher that the application has
	 */
	static void requireSchema(String prefix, EventGridConnectionProperties properties, EventGridSchema schema) {
		if (properties.getSchema() != schema) {
			throw kept(prefix + ".schema", properties.getSchema(), "a publisher for '" + text(schema) + "'");
		}
	}

	private static InvalidAzurePropertyException kept(String property, Enum<?> now, String built) {
		return new InvalidAzurePropertyException(property,
				"it is '" + text(now) + "', but the application has " + built + "." + PROCESSED);
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
