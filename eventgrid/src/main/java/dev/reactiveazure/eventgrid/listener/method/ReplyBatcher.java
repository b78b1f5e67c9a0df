package dev.reactiveazure.eventgrid.listener.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.eventgrid.template.EventGridOperations;
import io.cloudevents.CloudEvent;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Publishes the replies of concurrent handlers to one topic, together: the first one goes
 * at once, those that come while it is on its way share the next request.
 */
final class ReplyBatcher implements Disposable {

	/** Where Micrometer looks for the current observation in a Reactor context. */
	private static final String OBSERVATION = "micrometer.observation";

	private static final int FULL = 100;

	private static final int MOST_REPLIES = 1_000;

	private static final int MOST_OPEN = 4;

	private final EventGridOperations events;

	private final String topic;

	private final Queue<Reply> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waitingCount = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger drains = new AtomicInteger();

	private final Disposable.Composite requests = Disposables.composite();

	ReplyBatcher(EventGridOperations events, String topic) {
		this.events = events;
		this.topic = topic;
	}

	/**
	 * Publish the events of one reply: within the observation of what it answers if there
	 * is one and the request is its alone. Where several share one, no observation is the
	 * parent of all: then, as without any, each event goes on with the trace of the event
	 * that it answers, unless the events of the topic are to carry none.
	 * @param source what is answered
	 * @return completes when the service has stored all of them; fails if it did not, or
	 * may not have, stored one. Cancelling keeps what is not sent yet from being sent
	 */
	Mono<Void> publish(CloudEvent source, List<CloudEvent> reply) {
		if (reply.isEmpty()) {
			return Mono.empty();
		}
		return Mono.create((sink) -> {
			// Now, where an error is this reply's alone.
			List<CloudEvent> traced = this.events.tracesEvents(this.topic) ? Reply.traced(source, reply) : reply;
			Reply added = new Reply(reply, traced, sink);
			sink.onCancel(added::cancel);
			this.waiting.add(added);
			this.waitingCount.incrementAndGet();
			drain();
		});
	}

	private void drain() {
		if (this.drains.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		while (missed != 0) {
			while (isDue()) {
				send(take());
			}
			missed = this.drains.addAndGet(-missed);
		}
	}

	private boolean isDue() {
		int waits = this.waitingCount.get();
		int sent = this.open.get();
		return waits > 0 && (sent == 0 || (waits >= FULL && sent < MOST_OPEN));
	}

	private List<Reply> take() {
		List<Reply> taken = new ArrayList<>();
		Reply next = this.waiting.poll();
		while (next != null) {
			this.waitingCount.decrementAndGet();
			if (!next.isCancelled()) {
				taken.add(next);
			}
			next = (taken.size() < MOST_REPLIES) ? this.waiting.poll() : null;
		}
		return taken;
	}

	private void send(List<Reply> replies) {
		if (replies.isEmpty()) {
			return;
		}
		Context context = (replies.size() == 1) ? replies.get(0).context() : Context.empty();
		boolean observed = context.hasKey(OBSERVATION);
		List<CloudEvent> batch = new ArrayList<>();
		List<Reply> owners = new ArrayList<>();
		for (Reply reply : replies) {
			for (CloudEvent event : observed ? reply.events() : reply.traced()) {
				batch.add(event);
				owners.add(reply);
			}
		}
		this.open.incrementAndGet();
		Disposable.Swap request = Disposables.swap();
		this.requests.add(request);
		request.update(Flux.defer(() -> this.events.publishAll(this.topic, Flux.fromIterable(batch)))
			.doFinally((signal) -> ended(request))
			.subscribe((result) -> owners.get((int) result.index()).published(result),
					(error) -> replies.forEach((reply) -> reply.failed(error)), () -> replies.forEach(Reply::isOver),
					context));
	}

	private void ended(Disposable request) {
		this.requests.remove(request);
		this.open.decrementAndGet();
		drain();
	}

	@Override
	public void dispose() {
		this.requests.dispose();
	}

}
