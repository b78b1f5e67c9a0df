package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.eventgrid.FailedLockToken;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.SettlementResult;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A broker of whose use account is kept. Looks on only: what the account throws is
 * logged, because an answer must not be lost for it.
 */
final class MeteredBroker implements EventBroker {

	private static final Log logger = LogFactory.getLog(MeteredBroker.class);

	private static final String NONE = "none";

	private final EventBroker broker;

	private final ListenerMetrics.Recorder recorder;

	private final Timing timing;

	MeteredBroker(EventBroker broker, ListenerMetrics.Recorder recorder, Timing timing) {
		this.broker = broker;
		this.recorder = recorder;
		this.timing = timing;
	}

	@Override
	public @Nullable EventRateLimit rateLimit() {
		return this.broker.rateLimit();
	}

	@Override
	public Mono<List<ReceivedEvent>> receive(int maxEvents, Duration maxWait) {
		return Mono.defer(() -> {
			long sentAt = this.timing.now();
			return this.broker.receive(maxEvents, maxWait)
				.doOnNext((events) -> record((to) -> to.received(events, since(sentAt))))
				.doOnError((error) -> record((to) -> to.receiveFailed(error, since(sentAt))))
				.doOnCancel(() -> cancelled(since(sentAt), maxWait));
		});
	}

	/**
	 * A container cancels a receive when it stops, or when the answer is overdue.
	 */
	private void cancelled(Duration time, Duration maxWait) {
		if (time.compareTo(maxWait) > 0) {
			record((to) -> to.receiveOverdue(time));
		}
	}

	@Override
	public Mono<SettlementResult> settle(SettlementVerb verb, List<String> lockTokens) {
		String name = name(verb);
		return this.broker.settle(verb, lockTokens)
			.doFirst(() -> record((to) -> to.settling(name, lockTokens.size())))
			.doOnNext((result) -> settled(name, result))
			.doOnError((error) -> record((to) -> to.settlementFailed(name, code(error), lockTokens.size())));
	}

	private void settled(String verb, SettlementResult result) {
		if (result.isComplete()) {
			return;
		}
		Map<String, Integer> failures = result.failed()
			.stream()
			.collect(Collectors.toMap(MeteredBroker::code, (failure) -> 1, Integer::sum));
		failures.forEach((code, events) -> record((to) -> to.settlementFailed(verb, code, events)));
	}

	@Override
	public Mono<SettlementResult> renewLocks(List<String> lockTokens) {
		return this.broker.renewLocks(lockTokens)
			.doOnNext((result) -> record(
					(to) -> to.locksRenewed(result.succeeded().size(), lockTokens.size() - result.succeeded().size())))
			.doOnError((error) -> record((to) -> to.locksRenewed(0, lockTokens.size())));
	}

	private void record(Consumer<ListenerMetrics.Recorder> what) {
		try {
			what.accept(this.recorder);
		}
		catch (RuntimeException ex) {
			logger.warn("The metrics of a listener failed", ex);
		}
	}

	private Duration since(long time) {
		return Duration.ofMillis(this.timing.now() - time);
	}

	private static String name(SettlementVerb verb) {
		if (verb.delay() != null) {
			return "release";
		}
		return (verb == SettlementVerb.REJECT) ? "reject" : "acknowledge";
	}

	private static String code(FailedLockToken failure) {
		return known(failure.code());
	}

	private static String code(Throwable error) {
		if (error instanceof AzureServiceException service && service.error().code() != null) {
			return known(service.error().code());
		}
		return error.getClass().getSimpleName();
	}

	private static String known(@Nullable String code) {
		return (code == null || code.isBlank()) ? NONE : code;
	}

}
