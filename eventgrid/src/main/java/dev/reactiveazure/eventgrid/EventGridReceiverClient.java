package dev.reactiveazure.eventgrid;

import java.util.Collection;
import java.util.List;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Receives events of one subscription and settles them.
 * <p>
 * Thread-safe; obtained from {@link EventGridNamespaceClient#receiver}, whose connections
 * it borrows. Nothing is sent before a returned {@code Mono} is subscribed to, and each
 * subscription sends anew.
 *
 * @see EventGridNamespaceClient
 */
public final class EventGridReceiverClient {

	private final String topic;

	private final String subscription;

	private final SubscriptionRequests requests;

	private final Scheduler scheduler;

	EventGridReceiverClient(String topic, String subscription, SubscriptionRequests requests, Scheduler scheduler) {
		this.topic = topic;
		this.subscription = subscription;
		this.requests = requests;
		this.scheduler = scheduler;
	}

	/**
	 * Return the name of the topic.
	 * @return the topic's name
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return the name of the event subscription.
	 * @return the subscription's name
	 */
	public String subscription() {
		return this.subscription;
	}

	/**
	 * Return what runs the time-outs and waits of its requests, so that those around them
	 * run on the same.
	 * @return the client's scheduler; not owned
	 */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Wait for events and lock them for this receiver. Never sent a second time, because
	 * an answer that was lost has locked its events: they come again when their locks
	 * expire.
	 * <p>
	 * Cancelling, a {@code timeout} included, lets the exchange finish in the background
	 * and releases what it brings, unless the options {@linkplain ReceiveOptions.OnCancel
	 * say otherwise}. An answer that is handed over in the very moment of the cancel is
	 * the subscriber's: whoever drops it, such as an operator between, leaves its events
	 * locked until their locks expire.
	 * @param options how many events, and how long to wait
	 * @return the events, possibly none, in an immutable list. Fails with an
	 * {@link dev.reactiveazure.core.AzureException}: no answer within {@code maxWait}
	 * plus 20 seconds is an {@link dev.reactiveazure.core.OutcomeUnknownException}. One
	 * malformed event is a {@link ReceivedEvent.Malformed} among the others
	 */
	public Mono<List<ReceivedEvent>> receive(ReceiveOptions options) {
		return this.requests.receive(options);
	}

	/**
	 * Report events as handled: the service forgets them for this subscription.
	 * @param lockTokens their lock tokens, at most 100 of a {@code receive}; none
	 * completes without a request
	 * @return what became of each token; a token that failed is no error
	 */
	public Mono<SettlementResult> acknowledge(Collection<String> lockTokens) {
		return this.requests.acknowledge(lockTokens);
	}

	/**
	 * Give events back, to be delivered again with a higher delivery count: at the
	 * subscription's maximum that ends in its dead-letter store, or nowhere.
	 * @param lockTokens their lock tokens; none completes without a request
	 * @param delay how long they stay hidden
	 * @return what became of each token; a token that failed is no error
	 */
	public Mono<SettlementResult> release(Collection<String> lockTokens, ReleaseDelay delay) {
		return this.requests.release(lockTokens, delay);
	}

	/**
	 * Give events up: they go to the subscription's dead-letter store, or are destroyed
	 * where it has none.
	 * @param lockTokens their lock tokens; none completes without a request
	 * @return what became of each token; a token that failed is no error
	 */
	public Mono<SettlementResult> reject(Collection<String> lockTokens) {
		return this.requests.reject(lockTokens);
	}

	/**
	 * Start the locks of events anew for another lock duration of the subscription. The
	 * tokens stay the same. The service refuses this one hour after the first lock.
	 * @param lockTokens their lock tokens; none completes without a request
	 * @return what became of each token; a token that failed is no error
	 */
	public Mono<SettlementResult> renewLocks(Collection<String> lockTokens) {
		return this.requests.renewLocks(lockTokens);
	}

	@Override
	public String toString() {
		return "EventGridReceiverClient[" + this.topic + "/" + this.subscription + "]";
	}

}
