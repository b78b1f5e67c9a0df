package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is decided about events that could not be handled.
 */
class FailurePathTests {

	private static final Throwable FATAL = new ClassCastException("no order");

	private static final Throwable TRANSIENT = new IllegalStateException("the database is away");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final RecordingGate gate = new RecordingGate();

	private final List<FailedDelivery> recovered = new ArrayList<>();

	private ListenerErrorHandler errorHandler = ListenerErrorHandler.undecided();

	private @Nullable EventRecoverer recoverer;

	@AfterEach
	void disposeTime() {
		this.time.dispose();
	}

	@Test
	@Requirement("L13")
	void releasesTransientFailuresAfterADelayThatGrows() {
		FailurePath path = path((options) -> {
		});
		assertThat(List.of(1, 2, 3, 4, 5, 6, 10)).extracting((count) -> decide(path, event(count), TRANSIENT))
			.containsExactly(release(ReleaseDelay.NONE), release(ReleaseDelay.TEN_SECONDS),
					release(ReleaseDelay.TEN_SECONDS), release(ReleaseDelay.ONE_MINUTE),
					release(ReleaseDelay.TEN_MINUTES), release(ReleaseDelay.ONE_HOUR), release(ReleaseDelay.ONE_HOUR));
		assertThat(this.gate.failures).hasSize(7).containsOnly(TRANSIENT);
		assertThat(this.gate.pauses).isEmpty();
	}

	@Test
	@Requirement("L16")
	void releasesFatalFailuresForAnHourAndNeverRejectsByDefault() {
		FailurePath path = path((options) -> {
		});
		for (int count = 1; count <= 10; count++) {
			assertThat(decide(path, event(count), FATAL)).isEqualTo(release(ReleaseDelay.ONE_HOUR));
		}
		assertThat(this.gate.failures).isEmpty();
	}

	@Test
	@Requirement("L14")
	void rejectsFatalFailuresWhereADeadLetterStoreIsKnown() {
		FailurePath path = path((options) -> options.deadLettered(true));
		assertThat(decide(path, event(1), FATAL)).isEqualTo(Disposition.reject());
		assertThat(decide(path, event(1), TRANSIENT)).isEqualTo(release(ReleaseDelay.NONE));
		assertThat(this.gate.pauses).isEmpty();
	}

	@Test
	@Requirement("L16")
	void pausesAfterARunOfFatalFailuresAndNamesTheEventType() {
		FailurePath path = path((options) -> options.maxFatalInARow(3));
		decide(path, event(1), FATAL);
		decide(path, event(1), FATAL);
		path.handled();
		decide(path, event(1), FATAL);
		decide(path, event(1), FATAL);
		assertThat(this.gate.pauses).isEmpty();
		decide(path, event(1), FATAL);
		assertThat(this.gate.pauses).singleElement()
			.asString()
			.contains("3 events", "'test'", "ClassCastException: no order");
	}

	@Test
	void neverPausesWhereToldNotTo() {
		FailurePath path = path((options) -> options.maxFatalInARow(0));
		for (int i = 0; i < 100; i++) {
			decide(path, event(1), FATAL);
		}
		assertThat(this.gate.pauses).isEmpty();
	}

	@Test
	@Requirement("L14")
	void acknowledgesOnlyWhatWasRecovered() {
		Sinks.Empty<Void> published = Sinks.empty();
		this.recoverer = (failed) -> published.asMono();
		List<Disposition> decisions = new ArrayList<>();
		path((options) -> {
		}).decide(new InFlightEvent(event(1), 0), FATAL).subscribe(decisions::add);
		assertThat(decisions).isEmpty();
		published.tryEmitEmpty().orThrow();
		assertThat(decisions).containsExactly(Disposition.acknowledge());
	}

	@Test
	@Requirement("L14")
	void recoversFromTheLastDeliveryButOne() {
		this.recoverer = this::recover;
		FailurePath path = path((options) -> options.maxDeliveries(5));
		for (int count = 1; count <= 3; count++) {
			assertThat(decide(path, event(count), TRANSIENT)).isInstanceOf(Disposition.Release.class);
		}
		assertThat(this.recovered).isEmpty();
		assertThat(decide(path, event(4), TRANSIENT)).isEqualTo(Disposition.acknowledge());
		FailedDelivery failed = this.recovered.get(0);
		assertThat(failed.listenerId()).isEqualTo("billing");
		assertThat(failed.topic()).isEqualTo("orders");
		assertThat(failed.subscription()).isEqualTo("billing-subscription");
		assertThat(failed.error()).isSameAs(TRANSIENT);
		assertThat(failed.kind()).isEqualTo(ErrorKind.TRANSIENT);
	}

	@Test
	@Requirement("L14")
	void recoversFatalFailuresAtOnce() {
		this.recoverer = this::recover;
		FailurePath path = path((options) -> options.maxFatalInARow(1));
		assertThat(decide(path, event(1), FATAL)).isEqualTo(Disposition.acknowledge());
		assertThat(this.gate.pauses).isEmpty();
	}

	@Test
	void releasesWhatCouldNotBeRecovered() {
		this.recoverer = (failed) -> {
			throw new IllegalStateException("the other topic is away");
		};
		FailurePath path = path((options) -> options.deadLettered(false));
		assertThat(decide(path, event(1), FATAL)).isEqualTo(release(ReleaseDelay.ONE_HOUR));
		assertThat(decide(path, event(9), TRANSIENT)).isEqualTo(release(ReleaseDelay.ONE_HOUR));
	}

	@Test
	@Requirement("L14")
	void triesToRecoverTheLastDeliveryUntilItSucceeds() {
		List<Long> tries = new ArrayList<>();
		this.recoverer = (failed) -> {
			tries.add(this.time.now(TimeUnit.SECONDS));
			return (tries.size() < 20) ? Mono.error(new IllegalStateException("away")) : Mono.empty();
		};
		List<Disposition> decisions = new ArrayList<>();
		path((options) -> {
		}).decide(new InFlightEvent(event(10), 0), TRANSIENT).subscribe(decisions::add);
		this.time.advanceTimeBy(Duration.ofMinutes(9));
		assertThat(decisions).containsExactly(Disposition.acknowledge());
		assertThat(tries).hasSize(20);
	}

	@Test
	@Requirement("L17")
	void asksTheUsersErrorHandlerFirst() {
		this.recoverer = this::recover;
		this.errorHandler = (event, error) -> (error == FATAL) ? Mono.just(Disposition.leave()) : Mono.empty();
		FailurePath path = path((options) -> {
		});
		assertThat(decide(path, event(1), FATAL)).isEqualTo(Disposition.leave());
		assertThat(this.recovered).isEmpty();
		assertThat(decide(path, event(10), TRANSIENT)).isEqualTo(Disposition.acknowledge());
		assertThat(this.recovered).hasSize(1);
	}

	@Test
	void decidesWhereTheUsersErrorHandlerFails() {
		this.errorHandler = (event, error) -> {
			throw new IllegalStateException("the error handler too");
		};
		assertThat(decide(path((options) -> options.deadLettered(true)), event(1), FATAL))
			.isEqualTo(Disposition.reject());
	}

	@Test
	@Requirement("L13")
	void makesTenDeliveriesLastFourHours() {
		Duration sum = Duration.ZERO;
		FailurePath path = path((options) -> {
		});
		for (int count = 1; count < 10; count++) {
			sum = sum.plus(((Disposition.Release) decide(path, event(count), TRANSIENT)).delay().duration());
		}
		assertThat(sum).isGreaterThanOrEqualTo(Duration.ofHours(4));
	}

	@Test
	@Requirement("L17")
	void tellsTheGateNothingOfWhatSaysNothingAboutWhatHandlersNeed() {
		FailurePath path = path((options) -> {
		});
		decide(path, event(1), new UnknownEventTypeException("order.forgotten"));
		decide(path, event(1), FATAL);
		assertThat(this.gate.failures).isEmpty();
		assertThat(this.gate.unhandled).isEqualTo(2);
	}

	@Test
	void refusesImpossibleOptions() {
		assertThatIllegalArgumentException().isThrownBy(() -> path((options) -> options.maxDeliveries(0)))
			.withMessageContaining("failures.maxDeliveries");
		assertThatIllegalArgumentException().isThrownBy(() -> path((options) -> options.maxFatalInARow(-1)))
			.withMessageContaining("failures.maxFatalInARow");
	}

	private Mono<Void> recover(FailedDelivery failed) {
		this.recovered.add(failed);
		return Mono.empty();
	}

	private FailurePath path(Consumer<FailureOptions.Builder> options) {
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint.of("billing", "orders", "billing-subscription",
				(EventHandler.Reactive) (delivery) -> Mono.empty());
		return new FailurePath(endpoint, ContainerOptions.builder().failures(options).build().failures(),
				new ErrorHandling(this.errorHandler, ErrorClassifier.defaults(), this.recoverer), this.gate,
				Timing.of(this.time, () -> 0.5));
	}

	private static Disposition decide(FailurePath path, ReceivedEvent event, Throwable error) {
		List<Disposition> decisions = new ArrayList<>();
		StepVerifier.create(path.decide(new InFlightEvent(event, 0), error))
			.consumeNextWith(decisions::add)
			.verifyComplete();
		return Objects.requireNonNull(decisions.get(0));
	}

	private static Disposition release(ReleaseDelay delay) {
		return Disposition.release(delay);
	}

	private static ReceivedEvent event(int deliveryCount) {
		return ScriptedBroker.event("a", deliveryCount);
	}

	private static final class RecordingGate implements HandlerGate {

		private final List<Throwable> failures = new ArrayList<>();

		private final List<String> pauses = new ArrayList<>();

		private int unhandled;

		@Override
		public void handled() {
		}

		@Override
		public void failed(Throwable error) {
			this.failures.add(error);
		}

		@Override
		public void unhandled() {
			this.unhandled++;
		}

		@Override
		public void pause(String reason) {
			this.pauses.add(reason);
		}

	}

}
