package dev.reactiveazure.eventgrid;

import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a
 * {@link EventGridPublisherClient#publishAll(org.reactivestreams.Publisher) publishAll}.
 */
public sealed interface PublishResult {

	/**
	 * Return which event of the source it was.
	 * @return its place, from 0
	 */
	long index();

	/**
	 * Return the event's id.
	 * @return the id, or {@code null} for an event that has none
	 */
	@Nullable String eventId();

	/**
	 * Return whether the service has stored the event.
	 * @return {@code false} if it failed, or if that is not known
	 */
	default boolean isPublished() {
		return this instanceof Published;
	}

	/**
	 * The service has stored the event.
	 *
	 * @param index its place in the source
	 * @param eventId its id
	 */
	record Published(long index, @Nullable String eventId) implements PublishResult {
	}

	/**
	 * The event could not be published.
	 *
	 * @param index its place in the source
	 * @param eventId its id
	 * @param error why: an {@link dev.reactiveazure.core.AzureException}, the same for
	 * all events of its request, of which an
	 * {@link dev.reactiveazure.core.OutcomeUnknownException} leaves open whether the
	 * events are stored; or what is wrong with this event alone, which was not sent
	 */
	record Failed(long index, @Nullable String eventId, Throwable error) implements PublishResult {
	}

}
