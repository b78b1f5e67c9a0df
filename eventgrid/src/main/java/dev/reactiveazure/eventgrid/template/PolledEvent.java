package dev.reactiveazure.eventgrid.template;

import java.util.List;

import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.cloudevents.CloudEvent;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;

/**
 * An event that was fetched with {@link EventGridOperations#receive}: locked for its
 * receiver, who settles it before the lock expires, or it is delivered again. Nobody
 * renews its lock but {@link #renewLock()}.
 * <p>
 * Each {@code Mono} sends one request when it is subscribed to, completes when the
 * service confirmed it, and fails with an {@link EventNotSettledException} where the
 * service did not, or with an {@link dev.reactiveazure.core.AzureException}. To settle
 * many events with few requests, take {@link EventGridOperations#process}. Thread-safe.
 *
 * @param <T> the type of the payload
 */
public final class PolledEvent<T> {

	private final ReceivedEvent received;

	private final ResolvableType payloadType;

	private final PayloadConverter converter;

	private final EventGridReceiverClient receiver;

	PolledEvent(ReceivedEvent received, ResolvableType payloadType, PayloadConverter converter,
			EventGridReceiverClient receiver) {
		this.received = received;
		this.payloadType = payloadType;
		this.converter = converter;
		this.receiver = receiver;
	}

	/**
	 * Return the payload. Converted at each call, so that one event that can't be
	 * converted doesn't hide the others that came with it.
	 * @return the event's data as the type that was asked for
	 * @throws EventConversionException if there is no data, it is no such value, or the
	 * delivery is no CloudEvent
	 */
	public T payload() {
		return this.converter.convert(event(), this.payloadType);
	}

	/**
	 * Return the event.
	 * @return the event
	 * @throws EventConversionException if the delivery is no CloudEvent
	 */
	public CloudEvent event() {
		if (this.received instanceof ReceivedEvent.Valid valid) {
			return valid.event();
		}
		throw EventConversionException.malformed(((ReceivedEvent.Malformed) this.received).reason());
	}

	/**
	 * Return what was received.
	 * @return the delivery, with its lock token
	 */
	public ReceivedEvent received() {
		return this.received;
	}

	/**
	 * Return how often the event was delivered, this time included.
	 * @return 1 for the first delivery
	 */
	public int deliveryCount() {
		return this.received.deliveryCount();
	}

	/**
	 * Report the event as handled.
	 * @return completes when the service forgot it
	 */
	public Mono<Void> acknowledge() {
		return this.receiver.acknowledge(token()).flatMap((result) -> confirmed("acknowledge", result));
	}

	/**
	 * Give the event back.
	 * @param delay how long it stays hidden
	 * @return completes when the service has it back
	 */
	public Mono<Void> release(ReleaseDelay delay) {
		return this.receiver.release(token(), delay).flatMap((result) -> confirmed("release", result));
	}

	/**
	 * Give the event up: it goes to the subscription's dead-letter store, or is destroyed
	 * where it has none.
	 * @return completes when the service gave it up
	 */
	public Mono<Void> reject() {
		return this.receiver.reject(token()).flatMap((result) -> confirmed("reject", result));
	}

	/**
	 * Start the event's lock anew.
	 * @return completes when it lasts for another lock duration of the subscription
	 */
	public Mono<Void> renewLock() {
		return this.receiver.renewLocks(token()).flatMap((result) -> confirmed("renew the lock of", result));
	}

	private List<String> token() {
		return List.of(this.received.lockToken());
	}

	private Mono<Void> confirmed(String verb, SettlementResult result) {
		if (result.succeeded().contains(this.received.lockToken())) {
			return Mono.empty();
		}
		return Mono.error(EventNotSettledException.of(verb, describe(), this.received.lockToken(), result));
	}

	/**
	 * Name the event for a person, without its data.
	 */
	String describe() {
		if (this.received instanceof ReceivedEvent.Valid valid) {
			return "event '" + valid.event().getId() + "' of type '" + valid.event().getType() + "'";
		}
		return "a malformed event";
	}

	@Override
	public String toString() {
		return "PolledEvent[" + describe() + ", delivery " + deliveryCount() + "]";
	}

}
