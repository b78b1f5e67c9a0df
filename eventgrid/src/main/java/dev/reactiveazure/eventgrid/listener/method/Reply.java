package dev.reactiveazure.eventgrid.listener.method;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.PublishResult;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * The events that one handled event brought forth, until all of them are published.
 */
final class Reply {

	private static final List<String> TRACE = List.of("traceparent", "tracestate");

	private final List<CloudEvent> events;

	private final List<CloudEvent> traced;

	private final MonoSink<Void> sink;

	private final AtomicInteger pending;

	private volatile boolean cancelled;

	/**
	 * Create a reply.
	 * @param events its events
	 * @param traced the same, as they are published where their publication is not traced
	 * @param sink told when all are published
	 */
	Reply(List<CloudEvent> events, List<CloudEvent> traced, MonoSink<Void> sink) {
		this.events = events;
		this.traced = traced;
		this.sink = sink;
		this.pending = new AtomicInteger(events.size());
	}

	List<CloudEvent> events() {
		return this.events;
	}

	List<CloudEvent> traced() {
		return this.traced;
	}

	/**
	 * Return events with the trace of the one that they answer, where they have none of
	 * their own.
	 */
	static List<CloudEvent> traced(CloudEvent source, List<CloudEvent> events) {
		return (source.getExtension(TRACE.get(0)) != null)
				? events.stream().map((event) -> traced(source, event)).toList() : events;
	}

	private static CloudEvent traced(CloudEvent source, CloudEvent event) {
		if (TRACE.stream().anyMatch((name) -> event.getExtension(name) != null)) {
			return event;
		}
		CloudEventBuilder traced = CloudEventBuilder.v1(event);
		for (String name : TRACE) {
			Object value = source.getExtension(name);
			if (value != null) {
				traced.withExtension(name, value.toString());
			}
		}
		return traced.build();
	}

	/**
	 * Return what the one who waits for the reply has to say: the observation of what is
	 * answered.
	 */
	Context context() {
		return Context.of(this.sink.contextView());
	}

	void cancel() {
		this.cancelled = true;
	}

	boolean isCancelled() {
		return this.cancelled;
	}

	void published(PublishResult result) {
		if (result instanceof PublishResult.Failed failure) {
			failed(failure.error());
		}
		else if (this.pending.decrementAndGet() == 0) {
			this.sink.success();
		}
	}

	void failed(Throwable error) {
		this.sink.error(error);
	}

	/**
	 * Take note that no further result will come.
	 */
	void isOver() {
		if (this.pending.get() > 0) {
			failed(new IllegalStateException("Nothing is known of " + this.pending.get() + " published events"));
		}
	}

}
