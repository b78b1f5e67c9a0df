package dev.reactiveazure.autoconfigure.eventgrid;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.eventgrid.PublishOptions;

/**
 * How events are published to the Basic tier, by properties that a namespace has no use
 * for.
 */
final class BasicPublishing {

	private static final String SCHEMA = ".schema";

	private static final String CHANNEL = ".channel";

	private BasicPublishing() {
	}

	/**
	 * Return what each publishing adds.
	 * @param prefix the prefix of the connection's properties, without a dot at its end
	 * @throws InvalidAzurePropertyException if only a partner namespace has channels, and
	 * this is none
	 */
	static PublishOptions options(String prefix, EventGridConnectionProperties properties) {
		String channel = properties.getChannel();
		if (channel != null && properties.getKind() != EventGridKind.PARTNER) {
			throw new InvalidAzurePropertyException(prefix + CHANNEL,
					"only a partner namespace has channels: set '" + prefix + ".kind=partner', or remove it");
		}
		return InvalidAzurePropertyException.naming(prefix + CHANNEL, () -> PublishOptions.none().withChannel(channel));
	}

	/**
	 * Refuse what would be without effect.
	 * @param prefix the prefix of the connection's properties, without a dot at its end
	 */
	static void refuseAtANamespace(String prefix, EventGridConnectionProperties properties) {
		if (properties.getSchema() != EventGridSchema.CLOUD_EVENTS) {
			throw new InvalidAzurePropertyException(prefix + SCHEMA, "a namespace takes CloudEvents only: set '"
					+ prefix + ".kind' to topic, domain or partner, or remove it");
		}
		if (properties.getChannel() != null) {
			throw new InvalidAzurePropertyException(prefix + CHANNEL,
					"a namespace has topics and no channels: set '" + prefix + ".kind=partner', or remove it");
		}
	}

}
