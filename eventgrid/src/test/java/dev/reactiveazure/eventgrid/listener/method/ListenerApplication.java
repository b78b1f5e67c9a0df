package dev.reactiveazure.eventgrid.listener.method;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * An application with listeners, on an emulator of its own.
 */
final class ListenerApplication implements AutoCloseable {

	/**
	 * How a delivery ended.
	 */
	record Ended(String eventId, int deliveryCount, EventOutcome outcome) {
	}

	final AzureEmulator emulator = AzureEmulator.builder()
		.tables(false)
		.subscription("orders/billing")
		.subscription("bills/all")
		.start();

	private final AtomicInteger publishRequests = new AtomicInteger();

	private final Queue<String> parentsOfPublishes = new ConcurrentLinkedQueue<>();

	private final ObservationRegistry observations = countingPublishes();

	final EventGridNamespaceClient client = EventGridNamespaceClient.builder()
		.endpoint(this.emulator.eventGridEndpoint())
		.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
		.observationRegistry(this.observations)
		.build();

	final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final Map<String, Object> properties = new HashMap<>();

	private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

	private Consumer<EventGridListenerContainerFactory.Builder> customizer = (builder) -> {
	};

	ListenerApplication customize(Consumer<EventGridListenerContainerFactory.Builder> customizer) {
		this.customizer = customizer;
		return this;
	}

	/**
	 * Observe listeners, where publishing is observed too.
	 */
	ListenerApplication observed() {
		return customize((factory) -> factory.observationRegistry(this.observations));
	}

	ListenerApplication property(String name, Object value) {
		this.properties.put(name, value);
		return this;
	}

	ListenerApplication start(Object bean) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		this.context.registerBean(EventGridListenerAnnotationBeanPostProcessor.class);
		this.context.registerBean(EventGridListenerRegistry.class);
		this.context.registerBean(PayloadConverter.class, () -> new PayloadConverter(JsonMapper.shared()));
		this.context.registerBean(EventGridTemplate.class,
				() -> new EventGridTemplate(this.client,
						new CloudEventFactory(JsonMapper.shared(), URI.create("/billing")),
						new PayloadConverter(JsonMapper.shared())));
		this.context.registerBean(EventGridListenerContainerFactory.class, this::factory);
		this.context.registerBean("orders", Object.class, () -> bean);
		this.context.refresh();
		return this;
	}

	private EventGridListenerContainerFactory factory() {
		ContainerOptions options = ContainerOptions.builder()
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false).shutdownTimeout(Duration.ofSeconds(2)))
			.build();
		EventGridListenerContainerFactory.Builder builder = EventGridListenerContainerFactory
			.builder((name) -> this.client)
			.options(options)
			.settlementListener(this::ended);
		this.customizer.accept(builder);
		return builder.build();
	}

	private void ended(ReceivedEvent event, EventOutcome outcome) {
		String id = (event instanceof ReceivedEvent.Valid valid) ? valid.event().getId() : "malformed";
		this.ended.add(new Ended(id, event.deliveryCount(), outcome));
	}

	private ObservationRegistry countingPublishes() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				// Its name is known only after it has been started.
				if ("azure.eventgrid.publish".equals(context.getName())) {
					ListenerApplication.this.publishRequests.incrementAndGet();
					ObservationView parent = context.getParentObservation();
					ListenerApplication.this.parentsOfPublishes
						.add((parent != null) ? parent.getContextView().getName() : "none");
				}
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		return registry;
	}

	int publishRequests() {
		return this.publishRequests.get();
	}

	/**
	 * Return the names of the observations within which was published.
	 */
	Collection<String> parentsOfPublishes() {
		return this.parentsOfPublishes;
	}

	/**
	 * Return the only container.
	 */
	EventGridListenerContainer container() {
		return this.context.getBean(EventGridListenerRegistry.class).containers().iterator().next();
	}

	Ended nextEnded() throws InterruptedException {
		Ended next = this.ended.poll(20, TimeUnit.SECONDS);
		return Objects.requireNonNull(next, "no delivery ended in time");
	}

	/**
	 * Return how many deliveries have ended that nobody asked for.
	 */
	int furtherEnded() {
		return this.ended.size();
	}

	void publish(String id, String type, String json) {
		publish(GridEvent.builder(id, URI.create("/test"), type)
			.subject("subject-" + id)
			.data("application/json", EventData.json(json.getBytes(StandardCharsets.UTF_8)))
			.build());
	}

	static CloudEvent event(String id, String type) {
		return GridEvent.builder(id, URI.create("/test"), type).build();
	}

	void publish(CloudEvent event) {
		this.client.publisher("orders").publish(event).block(Duration.ofSeconds(10));
	}

	@Override
	public void close() {
		this.context.close();
		this.client.close();
		this.emulator.close();
	}

}
