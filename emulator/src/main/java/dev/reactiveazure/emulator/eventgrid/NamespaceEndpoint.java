package dev.reactiveazure.emulator.eventgrid;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import reactor.core.publisher.Mono;

/**
 * The data plane of an Event Grid namespace over HTTP: publish, receive, acknowledge,
 * release, reject and renew locks. Checks in the order of the service: access, path,
 * version, topic, then content.
 */
final class NamespaceEndpoint {

	private final Topics topics;

	private final EmulatorClock clock;

	private final NamespaceAccess access;

	private final CloudEventReader events;

	private final LockTokensReader lockTokens = new LockTokensReader();

	private final Answers answers;

	NamespaceEndpoint(EventGridSettings settings, AccessKeys keys, Topics topics, EmulatorClock clock,
			Answers answers) {
		this.topics = topics;
		this.clock = clock;
		this.access = new NamespaceAccess(settings, keys);
		this.events = new CloudEventReader(settings.strictValidation());
		this.answers = answers;
	}

	/**
	 * Answers a request.
	 * @throws Problem if it is refused
	 */
	Mono<EmulatorResponse> handle(EmulatorRequest request) {
		this.access.check(request);
		NamespaceTarget target = NamespaceTarget.parse(request.rawPath());
		requirePost(request);
		NamespaceQuery query = new NamespaceQuery(request.query());
		query.requireVersion();
		if (target.operation() == EventGridOperation.PUBLISH) {
			return Mono.just(publish(this.topics.requested(target.topic()), request));
		}
		SubscriptionQueue queue = this.topics.requested(target.topic(), target.subscription());
		if (target.operation() == EventGridOperation.RECEIVE) {
			return receive(queue, query, request);
		}
		return Mono.just(settle(queue, target.operation(), query, request));
	}

	private EmulatorResponse publish(Topic topic, EmulatorRequest request) {
		List<StoredEvent> published = this.events.read(request, this.clock.now());
		topic.publish(published);
		return this.answers.accepted();
	}

	private Mono<EmulatorResponse> receive(SubscriptionQueue queue, NamespaceQuery query, EmulatorRequest request) {
		int maxEvents = query.maxEvents();
		Duration maxWait = query.maxWaitTime();
		return queue.receive(maxEvents, maxWait, request.exchange())
			.map((batch) -> this.answers.received(batch.events()).onLost(batch::lost));
	}

	private EmulatorResponse settle(SubscriptionQueue queue, EventGridOperation operation, NamespaceQuery query,
			EmulatorRequest request) {
		Duration delay = (operation == EventGridOperation.RELEASE) ? query.releaseDelay() : Duration.ZERO;
		List<String> tokens = this.lockTokens.read(request.body());
		return this.answers.settled(switch (operation) {
			case ACKNOWLEDGE -> queue.acknowledge(tokens);
			case RELEASE -> queue.release(tokens, delay);
			case REJECT -> queue.reject(tokens);
			case RENEW_LOCK -> queue.renew(tokens);
			case PUBLISH, RECEIVE -> throw new IllegalArgumentException("Not a settlement: " + operation);
		});
	}

	static void requirePost(EmulatorRequest request) {
		if (!request.method().equals("POST")) {
			throw Problem.methodNotAllowed("Event Grid operations are POST requests, not " + request.method() + ".");
		}
	}

}
