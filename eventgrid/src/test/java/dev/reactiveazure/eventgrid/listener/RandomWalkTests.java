package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.SettlementResult;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to a container, in whatever order, by the seed: answers, errors,
 * throttling, handlers that end, fail, hang and settle by themselves, locks that are
 * lost, settlements that fail, come late or partly, pauses, stops and starts. In the end
 * each event has ended once and each place is back.
 */
class RandomWalkTests {

	private static final int SEEDS = Integer.getInteger("listener.walk.seeds", 300);

	private static final int FIRST = Integer.getInteger("listener.walk.first", 0);

	private static final int STEPS = 150;

	@Test
	@Requirement({ "L2", "L9", "L17", "L29", "L32" })
	void endsWithEachEventEndedOnceAndEachPlaceBack() {
		int events = 0;
		for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
			events += new Walk(seed).walk();
		}
		assertThat(events).as("events that were received").isGreaterThan(SEEDS * 10);
	}

	/**
	 * One container and what befalls it.
	 */
	private static final class Walk {

		private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

		private final ScriptedBroker broker = new ScriptedBroker();

		private final Map<String, List<EventOutcome>> outcomes = new HashMap<>();

		private final List<Sinks.One<Disposition>> running = new ArrayList<>();

		private final Set<String> settledByService = new HashSet<>();

		private final Map<String, SettlementVerb> decisions = new HashMap<>();

		private final List<String> contradictions = new ArrayList<>();

		private final int seed;

		private final Random random;

		private final EventGridListenerContainer container;

		private boolean healthy;

		private int received;

		Walk(int seed) {
			this.seed = seed;
			this.random = new Random(seed);
			this.broker.settling = this::settle;
			this.broker.renewing = this::renew;
			this.container = container();
		}

		private EventGridListenerContainer container() {
			ContainerServices services = new ContainerServices(
					ErrorHandling.of((event, error) -> chance(10) ? Mono.error(error) : Mono.empty()),
					(event, outcome) -> this.outcomes.computeIfAbsent(event.lockToken(), (token) -> new ArrayList<>())
						.add(outcome),
					(id, concurrency) -> Runnable::run, ObservationRegistry.NOOP,
					new EventProcessObservationConvention(), (happened) -> {
					}, ListenerMetrics.none(), Timing.of(this.time, this.random::nextDouble));
			int concurrency = 1 + this.random.nextInt(5);
			boolean ahead = chance(50);
			ContainerOptions options = ContainerOptions.builder()
				.concurrency(concurrency)
				.maxInFlight(concurrency + this.random.nextInt(10))
				.receiving((receiving) -> receiving.pollAhead(ahead))
				.settlement((settlement) -> settlement.ackMode(chance(20) ? AckMode.MANUAL : AckMode.AUTO))
				.gate((gate) -> gate.failures(this.random.nextInt(4)))
				.lifecycle((lifecycle) -> lifecycle.keepAlive(false)
					.openPollOnStop(chance(50) ? OpenPollOnStop.AWAIT : OpenPollOnStop.CLOSE))
				.build();
			EventGridListenerEndpoint endpoint = EventGridListenerEndpoint
				.builder("billing", "orders", "billing", chance(50) ? handler(true) : handler(false))
				.concurrencyKey((event) -> chance(50) ? null : event.getId().length() % 3)
				.build();
			return new EventGridListenerContainer(endpoint, this.broker, options, services);
		}

		private EventHandler handler(boolean blocks) {
			return new EventHandler.Deciding() {

				@Override
				public Mono<Disposition> handle(Delivery delivery) {
					return Walk.this.handle(delivery);
				}

				@Override
				public boolean blocks() {
					return blocks;
				}

			};
		}

		private Mono<Disposition> handle(Delivery delivery) {
			return switch (this.random.nextInt(8)) {
				case 0 -> Mono.empty();
				case 1 -> Mono.error(new IllegalStateException("by chance"));
				case 2 -> Mono.just(Disposition.leave());
				case 3 -> delivery.settlement().acknowledge().onErrorComplete().then(Mono.empty());
				case 4 -> throw new NoClassDefFoundError("by chance");
				default -> {
					Sinks.One<Disposition> end = Sinks.one();
					this.running.add(end);
					yield end.asMono();
				}
			};
		}

		// == The service ==

		private Mono<SettlementResult> settle(ScriptedBroker.Settlement settlement) {
			noteDecision(settlement);
			int what = this.healthy ? 9 : this.random.nextInt(10);
			Mono<SettlementResult> done = Mono.fromSupplier(() -> settled(settlement.tokens()));
			return switch (what) {
				case 0 -> Mono.error(new IllegalStateException("by chance"));
				case 1 -> Mono.error(VirtualContainer.throttled());
				case 2 -> Mono.just(ScriptedBroker.failure(settlement.tokens(), "TokenLost"));
				case 3 -> Mono.just(ScriptedBroker.failure(settlement.tokens(), "ServerBusy"));
				case 4 -> done.then(Mono.delay(Duration.ofSeconds(30), this.time)).then(timedOut());
				case 5 -> done.delayElement(Duration.ofSeconds(this.random.nextInt(90)), this.time);
				default -> done;
			};
		}

		private static <T> Mono<T> timedOut() {
			return Mono.error(() -> new IllegalStateException("no answer in time"));
		}

		private SettlementResult settled(List<String> tokens) {
			List<String> first = tokens.stream().filter(this.settledByService::add).toList();
			List<String> again = tokens.stream().filter((token) -> !first.contains(token)).toList();
			return new SettlementResult(first, ScriptedBroker.failure(again, "TokenLost").failed());
		}

		private void noteDecision(ScriptedBroker.Settlement settlement) {
			for (String token : settlement.tokens()) {
				SettlementVerb before = this.decisions.putIfAbsent(token, settlement.verb());
				if (before != null && before != settlement.verb()) {
					this.contradictions.add(token);
				}
			}
		}

		private Mono<SettlementResult> renew(List<String> tokens) {
			return switch (this.healthy ? 9 : this.random.nextInt(6)) {
				case 0 -> Mono.error(new IllegalStateException("by chance"));
				case 1 -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
				case 2 -> Mono.never();
				default -> Mono.just(ScriptedBroker.success(tokens));
			};
		}

		// == The walk ==

		int walk() {
			this.container.start();
			for (int i = 0; i < STEPS; i++) {
				step();
			}
			recover();
			assertEachEndedOnce();
			stopAndWait();
			assertThat(this.container.isRunning()).as("running after the stop, seed %d", this.seed).isFalse();
			this.time.dispose();
			return this.received;
		}

		private void step() {
			switch (this.random.nextInt(12)) {
				case 0, 1, 2 -> answer();
				case 3 -> fail();
				case 4, 5, 6 -> endOne();
				case 7, 8 -> this.time.advanceTimeBy(Duration.ofMillis(this.random.nextInt(300)));
				case 9 -> this.time.advanceTimeBy(Duration.ofSeconds(this.random.nextInt(60)));
				case 10 -> pauseOrResume();
				default -> stopOrStart();
			}
		}

		private void answer() {
			ScriptedBroker.Receive receive = this.broker.open.poll();
			if (receive == null) {
				return;
			}
			int count = this.random.nextInt(receive.maxEvents() + 1);
			List<ReceivedEvent> events = IntStream.range(this.received, this.received + count)
				.<ReceivedEvent>mapToObj((number) -> ScriptedBroker.event("t" + number, 1 + this.random.nextInt(10)))
				.toList();
			if (receive.answer().currentSubscriberCount() > 0) {
				this.received += count;
				receive.answer().tryEmitValue(events);
			}
		}

		private void fail() {
			ScriptedBroker.Receive receive = this.broker.open.poll();
			if (receive != null) {
				// One that was cancelled is not asked any more.
				receive.answer().tryEmitError(VirtualContainer.throttled());
			}
		}

		private void endOne() {
			if (this.running.isEmpty()) {
				return;
			}
			Sinks.One<Disposition> end = this.running.remove(this.random.nextInt(this.running.size()));
			if (chance(30)) {
				end.tryEmitError(new IllegalStateException("by chance, later"));
			}
			else {
				end.tryEmitEmpty();
			}
		}

		private void pauseOrResume() {
			if (!this.container.isRunning() || this.container.status().phase() == ContainerStatus.Phase.STOPPING) {
				return;
			}
			if (chance(50)) {
				this.container.pause();
			}
			else {
				this.container.resume();
			}
		}

		private void stopOrStart() {
			if (!this.container.isRunning()) {
				this.container.start();
			}
			else if (chance(30)) {
				this.container.stop(() -> {
				});
			}
		}

		/**
		 * Let the run that was walked through come to rest: a new one would have all its
		 * places.
		 */
		private void recover() {
			this.healthy = true;
			switch (this.container.status().phase()) {
				case PAUSED -> this.container.resume();
				case STOPPING -> {
					stopAndWait();
					this.container.start();
				}
				case STOPPED, FAILED -> this.container.start();
				default -> {
				}
			}
			while (!this.running.isEmpty()) {
				endOne();
			}
			this.time.advanceTimeBy(Duration.ofHours(2));
		}

		private void stopAndWait() {
			this.container.stop(() -> {
			});
			// An answer that is awaited, and what there is to time-outs.
			for (int i = 0; i < 40; i++) {
				this.time.advanceTimeBy(Duration.ofSeconds(5));
			}
		}

		private void assertEachEndedOnce() {
			ContainerStatus status = this.container.status();
			assertThat(status.phase()).as("phase, seed %d", this.seed).isEqualTo(ContainerStatus.Phase.RUNNING);
			assertThat(status.inFlight()).as("in flight, seed %d", this.seed).isZero();
			assertThat(status.running()).as("running, seed %d", this.seed).isZero();
			assertThat(this.outcomes).as("ends of events, seed %d", this.seed)
				.allSatisfy((token, ends) -> assertThat(ends).as("ends of %s", token).hasSize(1));
			assertThat(this.contradictions).as("decided twice, seed %d", this.seed).isEmpty();
			int asked = status.freePermits() + this.broker.open.stream()
				.filter((receive) -> receive.answer().currentSubscriberCount() > 0)
				.mapToInt(ScriptedBroker.Receive::maxEvents)
				.sum();
			assertThat(asked).as("places, seed %d", this.seed).isEqualTo(this.container.options().maxInFlight());
		}

		private boolean chance(int percent) {
			return this.random.nextInt(100) < percent;
		}

	}

}
