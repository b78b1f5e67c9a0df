package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ThrottledException;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A container in virtual time, with what it did.
 */
final class VirtualContainer {

	private static final AttemptedCall CALL = new AttemptedCall("receive", "orders/billing", "http://localhost", 1,
			false);

	final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	final Map<String, Sinks.Empty<Void>> running = new HashMap<>();

	final List<ContainerEvent> published = new ArrayList<>();

	EventGridListenerContainer create(EventBroker broker, ContainerOptions.Builder options,
			EventHandler.Reactive handler) {
		return createFor(broker, options, handler);
	}

	EventGridListenerContainer createFor(EventBroker broker, ContainerOptions.Builder options, EventHandler handler) {
		ContainerServices services = new ContainerServices(ErrorHandling.of(ListenerErrorHandler.undecided()),
				(event, outcome) -> this.outcomes.put(event.lockToken(), outcome),
				HandlerExecutorFactory.platformThreads(), ObservationRegistry.NOOP,
				new EventProcessObservationConvention(), (event) -> this.published.add((ContainerEvent) event),
				ListenerMetrics.none(), Timing.of(this.time, () -> 0.5));
		return new EventGridListenerContainer(EventGridListenerEndpoint.of("billing", "orders", "billing", handler),
				broker, options.lifecycle((lifecycle) -> lifecycle.keepAlive(false)).build(), services);
	}

	EventHandler.Reactive untilTold() {
		return (event) -> {
			Sinks.Empty<Void> end = Sinks.empty();
			this.running.put("token-" + event.event().getId().substring("id-of-token-".length()), end);
			return end.asMono();
		};
	}

	static EventHandler.Reactive immediately() {
		return (event) -> Mono.empty();
	}

	void complete(String token) {
		Objects.requireNonNull(this.running.get(token), token).tryEmitEmpty().orThrow();
	}

	void advance(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

	static ThrottledException throttled() {
		return new ThrottledException(CALL, error(429, "TooManyRequests"), null);
	}

	static AuthenticationException unauthorized() {
		return new AuthenticationException(CALL, error(401, "Unauthorized"), null);
	}

	static NotFoundException notFound() {
		return new NotFoundException(CALL, error(404, "NotFound"), null);
	}

	private static ServiceError error(int status, String code) {
		return new ServiceError(status, code, null, null, null);
	}

}
