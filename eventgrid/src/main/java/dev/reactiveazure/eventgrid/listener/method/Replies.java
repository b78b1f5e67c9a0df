package dev.reactiveazure.eventgrid.listener.method;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.ObjectUtils;

/**
 * Publishes what a listener method returns. Nothing is published before the method has
 * ended well, and the source event is acknowledged only after all is.
 * <p>
 * The id of a reply follows from the event that it answers: where that is delivered
 * again, the reply is published again under the same id, and its consumers can recognise
 * it.
 *
 * @param method names the method
 * @param events makes events of values
 * @param batcher publishes them
 */
record Replies(String method, EventGridOperations events, ReplyBatcher batcher) {

	/**
	 * Publish what a method returned.
	 * @param values values, or {@code Iterable}s or arrays of them; a {@link CloudEvent}
	 * is published as it is
	 * @return completes, without a decision, when all is published
	 */
	Mono<Disposition> publish(Delivery source, Flux<Object> values) {
		return values.collectList()
			.flatMap((all) -> this.batcher.publish(source.event(), events(source, flat(all))))
			.cast(Disposition.class);
	}

	private static List<Object> flat(List<Object> values) {
		List<Object> flat = new ArrayList<>();
		for (Object value : values) {
			if (value instanceof Iterable<?> several && !(value instanceof Map)) {
				several.forEach(flat::add);
			}
			else if (ObjectUtils.isArray(value) && !(value instanceof byte[])) {
				flat.addAll(Arrays.asList(ObjectUtils.toObjectArray(value)));
			}
			else {
				flat.add(value);
			}
		}
		return flat;
	}

	private List<CloudEvent> events(Delivery source, List<Object> values) {
		List<CloudEvent> replies = new ArrayList<>(values.size());
		for (Object value : values) {
			replies.add((value instanceof CloudEvent event) ? event
					: this.events.event(value).id(id(source.event(), replies.size())).toCloudEvent());
		}
		return replies;
	}

	private String id(CloudEvent source, int index) {
		String name = String.join("\n", this.method, source.getSource().toString(), source.getId(),
				String.valueOf(index));
		return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
	}

}
