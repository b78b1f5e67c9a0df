package dev.reactiveazure.eventgrid.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.EventGridReceiverClient;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The events of one receive on their way through a handler to their settlement: those
 * that end within a few milliseconds of each other are settled together. What is not
 * settled when the subscriber cancels is given back.
 *
 * @param <T> the type of the payload
 */
final class PolledBatch<T> {

	private static final Duration LINGER = Duration.ofMillis(10);

	private final EventGridReceiverClient receiver;

	private final List<PolledEvent<T>> events;

	private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

	PolledBatch(EventGridReceiverClient receiver, List<PolledEvent<T>> events) {
		this.receiver = receiver;
		this.events = events;
		events.forEach((event) -> this.unsettled.add(event.received().lockToken()));
	}

	Flux<ProcessedEvent<T>> process(Function<? super PolledEvent<T>, ? extends Publisher<?>> handler) {
		if (this.events.isEmpty()) {
			return Flux.empty();
		}
		int size = this.events.size();
		return Flux.fromIterable(this.events)
			.flatMap((event) -> handle(event, handler), size)
			.bufferTimeout(size, LINGER, this.receiver.scheduler(), true)
			.concatMap(this::settle);
	}

	private Mono<Handled<T>> handle(PolledEvent<T> event,
			Function<? super PolledEvent<T>, ? extends Publisher<?>> handler) {
		return Flux.defer(() -> Flux.<Object>from(handler.apply(event)))
			.then(Mono.fromSupplier(() -> new Handled<>(event, null)))
			.onErrorResume((error) -> Mono.just(new Handled<>(event, error)));
	}

	private Flux<ProcessedEvent<T>> settle(List<Handled<T>> handled) {
		List<Handled<T>> succeeded = new ArrayList<>();
		List<Handled<T>> failed = new ArrayList<>();
		handled.forEach((one) -> ((one.error() == null) ? succeeded : failed).add(one));
		return settle("acknowledge", succeeded, this.receiver.acknowledge(tokens(succeeded)))
			.concatWith(settle("release", failed, this.receiver.release(tokens(failed), ReleaseDelay.NONE)));
	}

	private Flux<ProcessedEvent<T>> settle(String verb, List<Handled<T>> handled, Mono<SettlementResult> request) {
		return request.flatMapIterable((result) -> {
			this.unsettled.removeAll(tokens(handled));
			return handled.stream().map((one) -> one.settled(verb, result)).toList();
		}).onErrorResume((error) -> Flux.fromIterable(handled).map((one) -> one.notSettled(error)));
	}

	private static <T> List<String> tokens(List<Handled<T>> handled) {
		return handled.stream().map((one) -> one.event().received().lockToken()).toList();
	}

	/**
	 * Give back what is not settled, as far as that can be done.
	 */
	Mono<Void> giveBack() {
		return this.receiver.release(List.copyOf(this.unsettled), ReleaseDelay.NONE).onErrorComplete().then();
	}

	/**
	 * An event whose handler has ended.
	 */
	private record Handled<T>(PolledEvent<T> event, @Nullable Throwable error) {

		ProcessedEvent<T> settled(String verb, SettlementResult result) {
			String token = this.event.received().lockToken();
			if (!result.succeeded().contains(token)) {
				return notSettled(EventNotSettledException.of(verb, this.event.describe(), token, result));
			}
			return (this.error != null) ? new ProcessedEvent.Released<>(this.event, this.error)
					: new ProcessedEvent.Acknowledged<>(this.event);
		}

		ProcessedEvent<T> notSettled(Throwable cause) {
			if (this.error != null && this.error != cause) {
				cause.addSuppressed(this.error);
			}
			return new ProcessedEvent.NotSettled<>(this.event, cause);
		}

	}

}
