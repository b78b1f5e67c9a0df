package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The observation {@code azure.eventgrid.process}.
 */
class ProcessObservationTests {

	private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ScriptedBroker broker = new ScriptedBroker();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<EventProcessContext> started = new ArrayList<>();

	private final List<EventProcessContext> stopped = new ArrayList<>();

	private final AtomicReference<@Nullable Observation> seen = new AtomicReference<>();

	private EventProcessObservationConvention convention = new EventProcessObservationConvention();

	private ListenerErrorHandler errorHandler = ListenerErrorHandler.releasing(List.of(Duration.ZERO));

	private List<EventInterceptor> interceptors = List.of();

	private SettlementListener settlementListener = SettlementListener.none();

	private @Nullable EventGridListenerContainer container;

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<EventProcessContext>() {

			@Override
			public void onStart(EventProcessContext context) {
				ProcessObservationTests.this.started.add(context);
			}

			@Override
			public void onStop(EventProcessContext context) {
				ProcessObservationTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof EventProcessContext;
			}
		});
	}

	@AfterEach
	void stop() {
		if (this.container != null) {
			this.container.stop(() -> {
			});
			this.time.advanceTimeBy(Duration.ofMinutes(1));
		}
		this.time.dispose();
		assertThat(this.registry.getCurrentObservation()).as("a scope that was left open").isNull();
	}

	@Test
	@Requirement("L34")
	void alwaysHasTheSameKeys() {
		handle((event) -> Mono.empty(), event("1"));
		handle((event) -> Mono.error(new IllegalStateException("x")), event("2"));
		handle((event) -> Mono.empty(), new ReceivedEvent.Malformed("{}", "no id", "token-3", 1));
		assertThat(this.stopped).hasSize(3).allSatisfy((context) -> {
			assertThat(context.getName()).isEqualTo("azure.eventgrid.process");
			assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("messaging.system", "messaging.operation.name", "messaging.operation.type",
						"messaging.destination.name", "messaging.destination.subscription.name",
						"azure.eventgrid.listener.id", "azure.eventgrid.outcome", "error.type");
			assertThat(context.getHighCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("cloudevents.event_id", "cloudevents.event_type",
						"messaging.eventgrid.delivery_count", "messaging.batch.message_count");
		});
		assertThat(values("error.type")).containsExactly("none", "java.lang.IllegalStateException",
				MalformedEventException.class.getName());
		assertThat(values("azure.eventgrid.outcome")).containsExactly("acknowledged", "released", "released");
	}

	@Test
	@Requirement("L34")
	void hasTheNamesAndKeysOfTheUsersConvention() {
		this.convention = new EventProcessObservationConvention() {

			@Override
			public String getName() {
				return "orders.billed";
			}
		};
		handle((event) -> Mono.empty(), event("1"));
		assertThat(this.stopped).singleElement().extracting(Observation.Context::getName).isEqualTo("orders.billed");
	}

	@Test
	@Requirement("L34")
	void ofABatchHasTheKeysOfASingleEvent() {
		ProcessObservations observations = new ProcessObservations(this.registry, this.convention, "billing", "orders",
				"billing-subscription");
		HandlingObservation batch = observations.start(List.of(event("1"), event("2"), event("3")));
		batch.ended(EventOutcome.ACKNOWLEDGED);
		batch.ended(EventOutcome.RELEASED);
		assertThat(this.stopped).as("before its last event has ended").isEmpty();
		batch.ended(EventOutcome.ACKNOWLEDGED);
		handle((event) -> Mono.empty(), event("4"));
		EventProcessContext several = this.stopped.get(0);
		EventProcessContext single = this.stopped.get(1);
		assertThat(keys(several)).isEqualTo(keys(single));
		assertThat(values("azure.eventgrid.outcome")).containsExactly("mixed", "acknowledged");
		assertThat(several.events()).as("what its trace may be linked to").hasSize(3);
	}

	@Test
	@Requirement("L35")
	void goesOnWithTheTraceOfTheEvent() {
		handle((event) -> Mono.empty(), event("1"));
		EventProcessContext context = this.stopped.get(0);
		List<CloudEvent> carrier = Objects.requireNonNull(context.getCarrier());
		assertThat(context.getGetter().get(carrier, "traceparent")).isEqualTo(TRACE);
		assertThat(context.getGetter().get(carrier, "tracestate")).isNull();
	}

	@Test
	@Requirement("L35")
	void endsOnlyWhenTheEventIsSettled() {
		this.broker.settling = (settlement) -> Mono.delay(Duration.ofSeconds(1), this.time)
			.map((tick) -> ScriptedBroker.success(settlement.tokens()));
		handle((event) -> Mono.empty(), event("1"));
		assertThat(this.started).hasSize(1);
		assertThat(this.stopped).isEmpty();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(values("azure.eventgrid.outcome")).containsExactly("acknowledged");
	}

	@Test
	@Requirement("L35")
	void endsWithTheLockOfAnEventThatLosesIt() {
		this.broker.renewing = (tokens) -> Mono.just(ScriptedBroker.failure(tokens, "TokenLost"));
		handle((event) -> Mono.never(), event("1"));
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		assertThat(values("azure.eventgrid.outcome")).containsExactly("lock_lost");
	}

	@Test
	void endsThoughTheEventEndedBeforeItBegan() {
		InFlightEvent event = new InFlightEvent(event("1"), 0);
		event.start();
		event.endOpen(EventOutcome.LOCK_LOST);
		event.observedBy(new ProcessObservations(this.registry, this.convention, "billing", "orders", "s")
			.start(List.of(event.received())));
		event.endObservation(EventOutcome.LOCK_LOST);
		assertThat(values("azure.eventgrid.outcome")).containsExactly("lock_lost");
	}

	@Test
	@Requirement("L35")
	void isCurrentInAReactiveHandler() {
		handle((event) -> {
			this.seen.set(this.registry.getCurrentObservation());
			return Mono.deferContextual((context) -> {
				assertThat(context.<Object>get(ProcessObservations.CONTEXT_KEY)).isSameAs(this.seen.get());
				return Mono.empty();
			});
		}, event("1"));
		assertThat(this.seen.get()).isNotNull();
		assertThat(values("error.type")).containsExactly("none");
	}

	@Test
	@Requirement("L35")
	void isCurrentInABlockingHandler() {
		handleBlocking((event) -> this.seen.set(this.registry.getCurrentObservation()), event("1"));
		assertThat(this.seen.get()).isNotNull();
	}

	@Test
	@Requirement("L35")
	void isCurrentInTheErrorHandler() {
		List<Object> current = new ArrayList<>();
		this.errorHandler = (event, error) -> {
			current.add(Objects.requireNonNull(this.registry.getCurrentObservation()));
			return Mono.deferContextual((context) -> {
				current.add(context.get(ProcessObservations.CONTEXT_KEY));
				return Mono.just(Disposition.acknowledge());
			});
		};
		handle((event) -> Mono.error(new IllegalStateException("x")), event("1"));
		assertThat(current).hasSize(2).allMatch((observation) -> context(observation) == this.stopped.get(0));
	}

	@Test
	@Requirement("L35")
	void isCurrentInInterceptors() {
		List<Object> current = new ArrayList<>();
		this.interceptors = List.of(new EventInterceptor() {

			@Override
			public Mono<Delivery> before(Delivery delivery) {
				return Mono.deferContextual((context) -> {
					current.add(context.get(ProcessObservations.CONTEXT_KEY));
					return Mono.just(delivery);
				});
			}

			@Override
			public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
				return Mono.deferContextual((context) -> {
					current.add(context.get(ProcessObservations.CONTEXT_KEY));
					return Mono.empty();
				});
			}
		});
		handle((event) -> Mono.empty(), event("1"));
		assertThat(current).hasSize(2).allMatch((observation) -> context(observation) == this.stopped.get(0));
	}

	@Test
	@Requirement("L35")
	void isCurrentWhenTheSettlementIsReported() {
		this.settlementListener = (event, outcome) -> this.seen.set(this.registry.getCurrentObservation());
		handle((event) -> Mono.empty(), event("1"));
		assertThat(context(Objects.requireNonNull(this.seen.get()))).isSameAs(this.stopped.get(0));
	}

	@Test
	@Requirement("L35")
	void isCurrentInTheSettlementOfItsEventAlone() {
		List<Object> current = new ArrayList<>();
		this.broker.settling = (settlement) -> Mono.deferContextual((context) -> {
			current.add(context.getOrDefault(ProcessObservations.CONTEXT_KEY, "nobody's"));
			return Mono.just(ScriptedBroker.success(settlement.tokens()));
		});
		handle((event) -> Mono.empty(), event("1"));
		handle((event) -> Mono.delay(Duration.ofSeconds(1), this.time).then(), event("2"), event("3"));
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(current).hasSize(2);
		assertThat(context(current.get(0))).isSameAs(this.stopped.get(0));
		assertThat(current.get(1)).as("of two").isEqualTo("nobody's");
	}

	@Test
	void doesNotGoOnWithTheTraceOfTheHandlerBefore() {
		Observation before = Observation.start("before", this.registry);
		before.scoped(() -> handle((event) -> Mono.empty(), event("1")));
		assertThat(this.stopped).singleElement()
			.satisfies((context) -> assertThat(context.getParentObservation()).isNull());
	}

	private void handle(EventHandler.Reactive handler, ReceivedEvent... events) {
		handle((EventHandler) handler, events);
	}

	private void handleBlocking(EventHandler.Blocking handler, ReceivedEvent... events) {
		handle(handler, events);
	}

	/**
	 * Have a container of its own handle events.
	 */
	private void handle(EventHandler handler, ReceivedEvent... events) {
		stopBefore();
		EventGridListenerEndpoint endpoint = EventGridListenerEndpoint
			.builder("billing", "orders", "billing-subscription", handler)
			.interceptors(this.interceptors)
			.build();
		this.container = new EventGridListenerContainer(endpoint, this.broker,
				ContainerOptions.builder().lifecycle((life) -> life.keepAlive(false)).build(),
				new ContainerServices(ErrorHandling.of(this.errorHandler), this.settlementListener,
						(name, concurrency) -> Runnable::run, this.registry, this.convention, (happened) -> {
						}, ListenerMetrics.none(), Timing.of(this.time, () -> 0.5)));
		this.container.start();
		this.broker.answer(events);
		this.time.advanceTimeBy(Duration.ofMillis(10));
	}

	private void stopBefore() {
		if (this.container != null) {
			this.container.stop(() -> {
			});
			this.time.advanceTimeBy(Duration.ofSeconds(1));
			this.broker.open.clear();
		}
	}

	private static ReceivedEvent event(String id) {
		return new ReceivedEvent.Valid(
				GridEvent.builder(id, URI.create("/test"), "OrderPlaced").extension("traceparent", TRACE).build(),
				"token-" + id, 1);
	}

	private static Observation.ContextView context(Object observation) {
		return ((Observation) observation).getContextView();
	}

	private List<String> values(String key) {
		return this.stopped.stream()
			.map((context) -> Objects.requireNonNull(context.getLowCardinalityKeyValue(key)).getValue())
			.toList();
	}

	private static List<String> keys(EventProcessContext context) {
		return context.getAllKeyValues().stream().map(KeyValue::getKey).toList();
	}

}
