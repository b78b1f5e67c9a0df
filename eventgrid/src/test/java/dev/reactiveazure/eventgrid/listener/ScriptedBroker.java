package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A subscription under the test's control, for what real HTTP can't time exactly. Not
 * thread-safe: for tests in virtual time.
 */
final class ScriptedBroker implements EventBroker {

	record Receive(int maxEvents, Sinks.One<List<ReceivedEvent>> answer) {
	}

	record Settlement(SettlementVerb verb, List<String> tokens) {
	}

	final List<Receive> receives = new ArrayList<>();

	final Deque<Receive> open = new ArrayDeque<>();

	final List<Settlement> settlements = new ArrayList<>();

	final List<List<String>> renewals = new ArrayList<>();

	Function<Settlement, Mono<SettlementResult>> settling = (settlement) -> Mono.just(success(settlement.tokens()));

	Function<List<String>, Mono<SettlementResult>> renewing = (tokens) -> Mono.just(success(tokens));

	int cancelledReceives;

	/** What a receive does instead of being recorded. */
	@Nullable Mono<List<ReceivedEvent>> receiving;

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		if (this.receiving != null) {
			return this.receiving;
		}
		return Mono.defer(() -> {
			Receive receive = new Receive(maxEvents, Sinks.one());
			this.receives.add(receive);
			this.open.add(receive);
			return receive.answer().asMono().doOnCancel(() -> this.cancelledReceives++);
		});
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		return Mono.defer(() -> {
			Settlement settlement = new Settlement(verb, List.copyOf(lockTokens));
			this.settlements.add(settlement);
			return this.settling.apply(settlement);
		});
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return Mono.defer(() -> {
			this.renewals.add(List.copyOf(lockTokens));
			return this.renewing.apply(lockTokens);
		});
	}

	void answer(ReceivedEvent... events) {
		this.open.remove().answer().tryEmitValue(List.of(events)).orThrow();
	}

	void fail(Throwable error) {
		this.open.remove().answer().tryEmitError(error).orThrow();
	}

	static SettlementResult success(List<String> tokens) {
		return new SettlementResult(tokens, List.of());
	}

	static SettlementResult failure(List<String> tokens, String code) {
		return new SettlementResult(List.of(),
				tokens.stream().map((token) -> new FailedLockToken(token, code, "")).toList());
	}

	static ReceivedEvent event(String token, int deliveryCount) {
		return new ReceivedEvent.Valid(CloudEventBuilder.v1()
			.withId("id-of-" + token)
			.withSource(URI.create("/test"))
			.withType("test")
			.build(), token, deliveryCount);
	}

	static String token(Delivery delivery) {
		return delivery.event().getId().substring("id-of-".length());
	}

	static ReceivedEvent[] events(int from, int count) {
		return IntStream.range(from, from + count)
			.mapToObj((number) -> event("token-" + number, 1))
			.toArray(ReceivedEvent[]::new);
	}

}
