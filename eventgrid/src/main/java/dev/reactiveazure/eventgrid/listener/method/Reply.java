package dev.reactiveazure.eventgrid.listener.method;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.PublishResult;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.MonoSink;

/**
 * The events that one handled event brought forth, until all of them are published.
 */
final class Reply {

	private final List<CloudEvent> events;

	private final MonoSink<Void> sink;

	private final AtomicInteger pending;

	private volatile boolean cancelled;

	Reply(List<CloudEvent> events, MonoSink<Void> sink) {
		this.events = events;
		this.sink = sink;
		this.pending = new AtomicInteger(events.size());
	}

	List<CloudEvent> events() {
		return this.events;
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
