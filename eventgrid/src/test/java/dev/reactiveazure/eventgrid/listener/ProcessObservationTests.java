package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The observation {@code azure.eventgrid.process}.
 */
class ProcessObservationTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final Queue<EventProcessContext> stopped = new ConcurrentLinkedQueue<>();

	private final CountDownLatch ended = new CountDownLatch(1);

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<EventProcessContext>() {

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

	@Test
	@Requirement("L34")
	void alwaysHasTheSameKeys() {
		handle((EventHandler.Reactive) (event) -> Mono.empty(), Runnable::run);
		handle((EventHandler.Reactive) (event) -> Mono.error(new IllegalStateException("x")), Runnable::run);
		assertThat(this.stopped).hasSize(2).allSatisfy((context) -> {
			assertThat(context.getName()).isEqualTo("azure.eventgrid.process");
			assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("messaging.system", "messaging.operation.name", "messaging.operation.type",
						"messaging.destination.name", "messaging.destination.subscription.name",
						"azure.eventgrid.listener.id", "error.type");
		});
		assertThat(this.stopped).extracting((context) -> context.getLowCardinalityKeyValue("error.type"))
			.extracting((keyValue) -> Objects.requireNonNull(keyValue).getValue())
			.containsExactly("none", "java.lang.IllegalStateException");
	}

	@Test
	@Requirement("L35")
	void goesOnWithTheTraceOfTheEvent() {
		handle((EventHandler.Reactive) (event) -> Mono.empty(), Runnable::run);
		EventProcessContext context = this.stopped.element();
		CloudEvent carrier = Objects.requireNonNull(context.getCarrier());
		assertThat(context.getGetter().get(carrier, "traceparent")).isEqualTo("00-1-2-01");
		assertThat(context.getGetter().get(carrier, "tracestate")).isNull();
	}

	@Test
	@Requirement("L35")
	void isCurrentInAReactiveHandler() {
		AtomicReference<@Nullable Object> current = new AtomicReference<>();
		handle((EventHandler.Reactive) (event) -> Mono.deferContextual((context) -> {
			current.set(context.getOrDefault(ProcessObservations.CONTEXT_KEY, null));
			return Mono.empty();
		}), Runnable::run);
		assertThat(current.get()).isInstanceOf(Observation.class);
	}

	@Test
	@Requirement("L35")
	void isCurrentInABlockingHandler() {
		AtomicReference<@Nullable Observation> current = new AtomicReference<>();
		handle((EventHandler.Blocking) (event) -> current.set(this.registry.getCurrentObservation()), Runnable::run);
		assertThat(current.get()).isNotNull();
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	private void handle(EventHandler handler, Executor executor) {
		ContainerOptions options = ContainerOptions.defaults();
		Dispatcher dispatcher = new Dispatcher(1,
				new HandlerSetting("billing", HandlerAdapter.of(handler, executor), AckMode.AUTO,
						ListenerErrorHandler.releasing(options.failures().releaseDelays()),
						new ReleaseLadder(options.failures().releaseDelays()), (event, disposition) -> {
							this.ended.countDown();
							return true;
						}, (event) -> Mono.empty(), new ProcessObservations(this.registry,
								new EventProcessObservationConvention(), "billing", "orders", "billing-subscription")));
		ReceivedEvent event = new ReceivedEvent.Valid(GridEvent.builder("1", URI.create("/test"), "OrderPlaced")
			.extension("traceparent", "00-1-2-01")
			.build(), "token", 1);
		dispatcher.dispatch(List.of(new InFlightEvent(event, 0)));
		assertThat(this.ended.getCount()).isZero();
	}

}
