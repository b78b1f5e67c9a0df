package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Publishes events that will never be handled to another topic, for people and programs
 * that look after them.
 * <p>
 * The event keeps its id, source, type, data and extensions, so that whoever handles it
 * there sees what was published, and gets the extensions {@code errortype},
 * {@code errormessage}, {@code errorkind}, {@code originaltopic},
 * {@code originalsubscription}, {@code originallistener} and {@code deliverycount}.
 * Messages are cut at 1,000 characters; what looks like a credential in them is masked.
 * An event that is malformed is published as the text of a new one of the type
 * {@value #MALFORMED_TYPE}.
 * <p>
 * The event can be published more than once, always with the same id, as when an answer
 * of the service is lost. An event so close to the service's limit of size that these
 * extensions exceed it can't be recovered.
 */
public final class PublishingEventRecoverer implements EventRecoverer {

	/**
	 * The type of events that carry a malformed one.
	 */
	public static final String MALFORMED_TYPE = "dev.reactiveazure.eventgrid.malformed";

	private final EventGridOperations events;

	private final String topic;

	/**
	 * Create a recoverer.
	 * @param events publishes
	 * @param topic the topic to publish to, not blank. It should not be one that the
	 * failing listener listens to
	 * @throws IllegalArgumentException if the topic is blank
	 */
	public PublishingEventRecoverer(EventGridOperations events, String topic) {
		Assert.hasText(topic, "The topic for events that can't be handled must not be empty");
		this.events = events;
		this.topic = topic;
	}

	@Override
	public Mono<Void> recover(FailedDelivery failed) {
		GridEvent.Builder event = builder(failed);
		CauseAttributes.add(failed, event);
		CloudEvent complete = event.build();
		return this.events.publish(this.topic, complete);
	}

	private static GridEvent.Builder builder(FailedDelivery failed) {
		if (failed.event() instanceof ReceivedEvent.Valid valid) {
			return copy(valid.event());
		}
		return carrier(failed, ((ReceivedEvent.Malformed) failed.event()).json());
	}

	private static GridEvent.Builder copy(CloudEvent event) {
		OffsetDateTime time = event.getTime();
		GridEvent.Builder copy = GridEvent.builder(event.getId(), event.getSource(), event.getType())
			.subject(event.getSubject())
			.time((time != null) ? time.toInstant() : null)
			.dataSchema(event.getDataSchema())
			.data(event.getDataContentType(), event.getData());
		CauseAttributes.copyExtensions(event, copy);
		return copy;
	}

	private static GridEvent.Builder carrier(FailedDelivery failed, String json) {
		URI source = URI.create("/topics/" + failed.topic() + "/eventsubscriptions/" + failed.subscription());
		// Of the content: the same event has the same id each time it is recovered.
		return GridEvent
			.builder(UUID.nameUUIDFromBytes(json.getBytes(StandardCharsets.UTF_8)).toString(), source, MALFORMED_TYPE)
			.data("text/plain", EventData.text(json));
	}

}
