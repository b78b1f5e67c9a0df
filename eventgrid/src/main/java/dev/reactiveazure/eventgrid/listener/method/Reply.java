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

	private final CloudEvent source;

	private final List<CloudEvent> events;

	private final MonoSink<Void> sink;

	private final AtomicInteger pending;

	private volatile boolean cancelled;

	Reply(CloudEvent source, List<CloudEvent> events, MonoSink<Void> sink) {
		this.source = source;
		this.events = events;
		this.sink = sink;
		this.pending = new AtomicInteger(events.size());
	}

	List<CloudEvent> events() {
		return this.events;
	}

	/**
	 * Return the events with the trace of the one that they answer, where they have none
	 * of their own.
	 */
	List<CloudEvent> tracedEvents() {
		return this.events.stream().map(this::traced).toList();
	}

	private CloudEvent traced(CloudEvent event) {
		boolean hasTrace = TRACE.stream().anyMatch((name) -> event.getExtension(name) != null);
		if (hasTrace || this.source.getExtension(TRACE.get(0)) == null) {
			return event;
		}
		CloudEventBuilder traced = CloudEventBuilder.v1(event);
		TRACE.forEach((name) -> copy(name, traced));
		return traced.build();
	}

	private void copy(String name, CloudEventBuilder event) {
		Object value = this.source.getExtension(name);
		if (value != null) {
			event.withExtension(name, value.toString());
		}
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
