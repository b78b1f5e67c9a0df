package dev.reactiveazure.eventgrid.template;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Finds where the names lead that an application publishes to and listens to: a name that
 * is none of its logical ones is that of a topic. So code names what it means, and each
 * environment says where that is.
 */
@FunctionalInterface
public interface EventGridDestinations {

	/**
	 * Find a logical destination.
	 * @param name what the application says in place of a topic
	 * @return where it leads, {@code null} if the name is that of a topic
	 */
	@Nullable Destination find(String name);

	/**
	 * Return destinations of which none is logical.
	 * @return destinations that never find any
	 */
	static EventGridDestinations none() {
		return (name) -> null;
	}

	/**
	 * Where a name leads.
	 *
	 * @param connection the name of the connection to the namespace
	 * @param topic the topic of that namespace
	 * @param subscription the event subscription that listeners listen to if they name
	 * none themselves; {@code null} if they have to
	 */
	record Destination(String connection, String topic, @Nullable String subscription) {

		/**
		 * Create a destination.
		 * @throws IllegalArgumentException if connection or topic is empty
		 */
		public Destination {
			Assert.hasText(connection, "The connection of a destination must not be empty");
			Assert.hasText(topic, "The topic of a destination must not be empty");
		}

	}

}
