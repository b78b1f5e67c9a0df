package dev.reactiveazure.eventgrid;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import dev.reactiveazure.core.pipeline.RetrySafety;
import io.netty.util.AsciiString;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;

/**
 * The requests of one subscription. Long polls and settlements go through pipelines of
 * their own, so that they never wait for each other's connections.
 */
final class SubscriptionRequests {

	/**
	 * How much longer than its wait a receive may take: the service's wait is
	 * approximate, and the answer travels.
	 */
	static final Duration RECEIVE_SLACK = Duration.ofSeconds(20);

	private static final String KIND = "subscription";

	private static final AsciiString ACCEPT = AsciiString.cached("Accept");

	private static final AsciiString JSON = AsciiString.cached("application/json");

	private static final Operation RECEIVE = new Operation("receive", "receive events", HttpMethod.POST,
			RetrySafety.NEVER);

	private static final Operation ACKNOWLEDGE = settlement("acknowledge", "acknowledge events");

	private static final Operation RELEASE = settlement("release", "release events");

	private static final Operation REJECT = settlement("reject", "reject events");

	private static final Operation RENEW = settlement("renew", "renew the locks of events");

	private final RequestPipeline receiving;

	private final RequestPipeline settling;

	private final String resource;

	private final NamespacePaths paths;

	private final BackgroundReceives background;

	SubscriptionRequests(RequestPipeline receiving, RequestPipeline settling, String topic, String subscription,
			NamespacePaths paths, BackgroundReceives background) {
		this.receiving = receiving;
		this.settling = settling;
		this.resource = topic + "/" + subscription;
		this.paths = paths;
		this.background = background;
	}

	private static Operation settlement(String name, String description) {
		return new Operation(name, description, HttpMethod.POST, RetrySafety.ALWAYS);
	}

	static void acceptJson(HeaderSink headers) {
		headers.set(ACCEPT, JSON);
	}

	/**
	 * Return topic and subscription, as messages name them.
	 */
	String resource() {
		return this.resource;
	}

	Mono<List<ReceivedEvent>> receive(ReceiveOptions options) {
		return switch (options.onCancel()) {
			case RELEASE -> new AttendedReceive(this, options, this.background);
			case CLOSE -> exchange(options);
		};
	}

	/**
	 * Send a receive that is closed when it is cancelled.
	 */
	Mono<List<ReceivedEvent>> exchange(ReceiveOptions options) {
		return this.receiving.execute(new AzureRequest<>(RECEIVE, KIND, this.resource, this.paths.receive(options),
				SubscriptionRequests::acceptJson, null, options.maxWait().plus(RECEIVE_SLACK),
				ReceiveAnswers.reader()));
	}

	Mono<SettlementResult> acknowledge(Collection<String> lockTokens) {
		return settle(ACKNOWLEDGE, this.paths.acknowledge(), lockTokens);
	}

	Mono<SettlementResult> release(Collection<String> lockTokens, ReleaseDelay delay) {
		Assert.notNull(delay, "The release delay must not be null");
		return settle(RELEASE, this.paths.release(delay), lockTokens);
	}

	Mono<SettlementResult> reject(Collection<String> lockTokens) {
		return settle(REJECT, this.paths.reject(), lockTokens);
	}

	Mono<SettlementResult> renewLocks(Collection<String> lockTokens) {
		return settle(RENEW, this.paths.renewLock(), lockTokens);
	}

	private Mono<SettlementResult> settle(Operation operation, String target, Collection<String> lockTokens) {
		List<String> tokens = List.copyOf(lockTokens);
		if (tokens.isEmpty()) {
			return Mono.just(SettlementResult.empty());
		}
		return Mono.defer(() -> {
			SettlementCall call = new SettlementCall(tokens);
			return this.settling
				.execute(new AzureRequest<>(operation, KIND, this.resource, target, call, call, null, call));
		});
	}

}
