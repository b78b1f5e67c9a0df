package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventInterceptor}, in a container.
 */
class EventInterceptorTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final List<String> seen = new ArrayList<>();

	private final Map<String, EventOutcome> outcomes = new LinkedHashMap<>();

	private EventHandler.Reactive handler = (delivery) -> {
		this.seen.add("handle " + delivery.event().getId());
		return Mono.empty();
	};

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement("L27")
	void seesEachEventBeforeAndAfterItsHandlerInTheOrderGiven() {
		handle("a", new Noting("first"), new Noting("second"));
		assertThat(this.seen).containsExactly("first before", "second before", "handle id-of-a", "second after Handled",
				"first after Handled");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L27")
	void skipsAnEventByLettingNothingOn() {
		handle("a", new Noting("first"), EventInterceptor.filter((event) -> false), new Noting("last"));
		assertThat(this.seen).containsExactly("first before", "first after Skipped");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.ACKNOWLEDGED);
	}

	@Test
	@Requirement("L27")
	void givesTheHandlerAnotherEvent() {
		handle("a", new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				return Mono.just(delivery.withEvent(GridEvent.builder("new", URI.create("/test"), "test").build()));
			}
		});
		assertThat(this.seen).containsExactly("handle new");
	}

	@Test
	@Requirement({ "L17", "L27" })
	void failsAnEventAsItsHandlerWould() {
		handle("a", new Noting("first"), new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				return Mono.error(new IllegalStateException("not this one"));
			}
		});
		assertThat(this.seen).containsExactly("first before", "first after Failed");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
	}

	@Test
	@Requirement("L27")
	void isToldThatTheHandlerFailed() {
		this.handler = (delivery) -> Mono.error(new IllegalStateException("x"));
		handle("a", new Noting("first"));
		assertThat(this.seen).containsExactly("first before", "first after Failed");
		assertThat(this.outcomes).containsEntry("a", EventOutcome.RELEASED);
	}

	private void handle(String token, EventInterceptor... interceptors) {
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint
			.builder("billing", "orders", "billing", this.handler)
			.interceptors(List.of(interceptors))
			.build();
		ContainerServices services = new ContainerServices(ErrorHandling.of(ListenerErrorHandler.undecided()),
				(event, outcome) -> this.outcomes.put(event.lockToken(), outcome),
				HandlerExecutorFactory.platformThreads(), ObservationRegistry.NOOP,
				new EventProcessObservationConvention(), (happened) -> {
				}, ListenerMetrics.none(), Timing.of(this.time, () -> 0.5));
		EventGridListenerContainer container = new EventGridListenerContainer(endpoint, this.broker,
				ContainerOptions.builder().lifecycle((life) -> life.keepAlive(false)).build(), services);
		container.start();
		this.broker.answer(ScriptedBroker.event(token, 1));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		container.stop(() -> {
		});
		this.time.advanceTimeBy(Duration.ofMinutes(1));
	}

	/**
	 * Notes what it sees.
	 */
	private final class Noting implements EventInterceptor {

		private final String name;

		Noting(String name) {
			this.name = name;
		}

		@Override
		public Mono<Delivery> before(Delivery delivery) {
			EventInterceptorTests.this.seen.add(this.name + " before");
			return Mono.just(delivery);
		}

		@Override
		public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
			EventInterceptorTests.this.seen.add(this.name + " after " + outcome.getClass().getSimpleName());
			return Mono.empty();
		}

	}

}
