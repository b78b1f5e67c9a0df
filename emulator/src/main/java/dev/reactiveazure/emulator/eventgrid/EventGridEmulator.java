package dev.reactiveazure.emulator.eventgrid;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorHandler;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * An Event Grid namespace in memory, and the publish endpoint of a Basic topic: behind an
 * HTTP server it answers like the service, and it keeps books that tests can ask.
 * <p>
 * All time comes from the clock, so a test that moves the clock moves lock expiry,
 * release delays, the end of long polls and the time to live. Memory is bounded by the
 * events pending and by the limits in the settings.
 * <p>
 * Everything the books return is an immutable snapshot. Names of topics and subscriptions
 * compare without regard to case. Thread-safe; never blocks for long.
 */
public final class EventGridEmulator implements EmulatorHandler, AutoCloseable {

	private final EventGridSettings settings;

	private final EmulatorClock clock;

	private final Topics topics;

	private final Answers answers = new Answers();

	private final AccessKeys keys;

	private final NamespaceEndpoint namespace;

	private final BasicEndpoint basic;

	/**
	 * Creates an emulator without topics.
	 * @param settings how it behaves
	 * @param clock the source of all time; stays the caller's to close
	 */
	public EventGridEmulator(EventGridSettings settings, EmulatorClock clock) {
		this.settings = settings;
		this.clock = clock;
		this.topics = new Topics(settings, clock, new SecureRandom()::nextLong);
		this.keys = new AccessKeys(settings.accessKey());
		this.namespace = new NamespaceEndpoint(settings, this.keys, this.topics, clock, this.answers);
		this.basic = new BasicEndpoint(settings, this.keys, clock);
	}

	// == Topology ==

	/**
	 * Creates a topic unless it exists.
	 * @param topic its name: 3 to 50 letters, digits and hyphens, unless validation is
	 * not strict
	 * @throws IllegalArgumentException if the name is not valid
	 */
	public void declareTopic(String topic) {
		this.topics.declare(topic);
	}

	/**
	 * Creates a subscription, and its topic, unless they exist. It gets what is published
	 * from now on.
	 * @param topic the topic's name
	 * @param subscription the subscription's name, under the same rules
	 * @throws IllegalArgumentException if a name is not valid
	 */
	public void declareSubscription(String topic, String subscription) {
		declareSubscription(topic, subscription, EventFilters.NONE);
	}

	/**
	 * Creates a subscription for some events only, and its topic, unless they exist.
	 * @param topic the topic's name
	 * @param subscription the subscription's name
	 * @param filters which events it wants; ignored if the subscription exists
	 * @throws IllegalArgumentException if a name is not valid
	 */
	public void declareSubscription(String topic, String subscription, EventFilters filters) {
		this.topics.declare(topic, subscription, filters);
	}

	// == Books ==

	/**
	 * The locks that receivers hold now, the one that ends first at the head.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the locks
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public List<OpenLock> openLocks(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> queue.openLocks());
	}

	/**
	 * How many events are neither acknowledged nor dead-lettered: available, delayed or
	 * locked.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the number
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public int pendingCount(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> queue.pendingCount());
	}

	/**
	 * How many receives wait for an event now.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the number
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public int openReceives(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> queue.waitingCount());
	}

	/**
	 * The events the subscription gave up, oldest first, as many as
	 * {@link EventGridSettings#deadLetterLimit()} keeps.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the dead letters
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public List<DeadLetter> deadLetters(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> books.deadLetters());
	}

	/**
	 * How many events the subscription gave up, those no longer kept included.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the number
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public long deadLetterCount(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> books.deadLetterCount());
	}

	/**
	 * The answers to receives that locked events but were never written because the
	 * client was gone or a fault swallowed them, oldest first, as many as
	 * {@link EventGridSettings#deadLetterLimit()} keeps. Their locks stay until they
	 * expire, unless {@link EventGridSettings#unlockUnreadAnswers()} says otherwise.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the answers
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public List<UnreadAnswer> answersNeverRead(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> books.unread());
	}

	/**
	 * What happened to the event with the given id, the one published last if there are
	 * several.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @param eventId the attribute {@code id}
	 * @return its history, empty if there was no such event or
	 * {@link EventGridSettings#historyLimit()} made the emulator forget it
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public Optional<EventHistory> history(String topic, String subscription, String eventId) {
		return queue(topic, subscription).read((books, queue) -> books.history(eventId));
	}

	/**
	 * What happened to each event, in order of publication, as far as
	 * {@link EventGridSettings#historyLimit()} lets the emulator remember.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @return the histories
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public List<EventHistory> histories(String topic, String subscription) {
		return queue(topic, subscription).read((books, queue) -> books.histories());
	}

	/**
	 * How often an operation was asked of a subscription.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @param operation any but {@link EventGridOperation#PUBLISH}, which concerns topics
	 * and always counts 0 here
	 * @return the count
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public OperationCount count(String topic, String subscription, EventGridOperation operation) {
		return queue(topic, subscription).read((books, queue) -> books.operation(operation));
	}

	/**
	 * How often events were published to a topic.
	 * @param topic the topic
	 * @return the count
	 * @throws IllegalArgumentException if there is no such topic
	 */
	public OperationCount published(String topic) {
		return topic(topic).published();
	}

	/**
	 * The events that were published to the Basic endpoint {@code /api/events}, oldest
	 * first, as many as {@link EventGridSettings#basicEventLimit()} keeps.
	 * @return the events
	 */
	public List<BasicEvent> basicEvents() {
		return this.basic.events();
	}

	// == Interference ==

	/**
	 * Ends a lock at once, as if its time were over: the event becomes available again or
	 * a dead letter, and the token is lost.
	 * @param topic the topic
	 * @param subscription the subscription
	 * @param lockToken the token
	 * @return whether there was such a lock
	 * @throws IllegalArgumentException if there is no such subscription
	 */
	public boolean expireLock(String topic, String subscription, String lockToken) {
		return queue(topic, subscription).expireLock(lockToken);
	}

	/**
	 * Replaces the access keys, as when they are regenerated at the service: requests
	 * that come from now on need one of these. Receives that wait already go on waiting.
	 * @param first the first key
	 * @param second the second key; {@code null}, as at the start, for none
	 * @throws IllegalArgumentException if a key is blank
	 */
	public void replaceKeys(String first, @Nullable String second) {
		this.keys.replace(first, second);
	}

	/**
	 * Returns the first access key.
	 * @return the key that counts now
	 */
	public String accessKey() {
		return this.keys.first();
	}

	// == HTTP ==

	@Override
	public Mono<EmulatorResponse> handle(EmulatorRequest request) {
		return Mono.defer(() -> route(request))
			.onErrorResume(Problem.class, (problem) -> Mono.just(refused(problem, request)));
	}

	@Override
	public EmulatorResponse bodyTooLarge(EmulatorRequest request) {
		return refused(tooLarge(), request);
	}

	/**
	 * Answers all waiting receives with no event and stops all timers. Idempotent. The
	 * books stay readable.
	 */
	@Override
	public void close() {
		this.topics.close();
	}

	private Mono<EmulatorResponse> route(EmulatorRequest request) {
		if (request.body().length > this.settings.maxBodyBytes()) {
			throw tooLarge();
		}
		if (request.rawPath().equals(BasicEndpoint.PATH)) {
			return Mono.just(this.basic.handle(request));
		}
		return this.namespace.handle(request);
	}

	private Problem tooLarge() {
		return Problem.tooLarge(this.settings.tooLargeStatus(), this.settings.maxBodyBytes());
	}

	private EmulatorResponse refused(Problem problem, EmulatorRequest request) {
		return this.answers.refused(problem, request, this.clock.now());
	}

	private Topic topic(String name) {
		Topic topic = this.topics.find(name);
		if (topic == null) {
			throw new IllegalArgumentException("There is no topic '" + name + "' in the Event Grid emulator");
		}
		return topic;
	}

	private SubscriptionQueue queue(String topic, String subscription) {
		SubscriptionQueue queue = topic(topic).find(subscription);
		if (queue == null) {
			throw new IllegalArgumentException("There is no subscription '" + subscription + "' on topic '" + topic
					+ "' in the Event Grid emulator");
		}
		return queue;
	}

}
