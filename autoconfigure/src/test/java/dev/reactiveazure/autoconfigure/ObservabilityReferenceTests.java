package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.ListenerMetrics;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.TableServiceClient;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of observations and meters is written from those that an application
 * really has: it fails where the two differ. Run with {@code -Ddocs.write=true} to write
 * it.
 */
class ObservabilityReferenceTests {

	private static final Path REFERENCE = Path.of("..", "docs", "observability.md");

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String OURS = "azure.";

	private static final String METER = "azure.eventgrid.listener.";

	/** What each one is; one that is not here, or is here only, fails the test. */
	private static final Map<String, String> OBSERVATIONS = Map.of("azure.tables.operation",
			"one call of a Tables client, its retries included", "azure.eventgrid.publish",
			"one publication, its retries included", "azure.eventgrid.receive", "one receive", "azure.eventgrid.settle",
			"one request that acknowledges, releases, rejects or renews", "azure.eventgrid.process",
			"one event, or a batch, from before its handler until it is settled");

	private static final Map<String, String> METERS = Map.ofEntries(Map.entry("in.flight", "locked events"),
			Map.entry("running", "handlers that run"), Map.entry("free.permits", "events that may still be locked"),
			Map.entry("open.receives", "receives that are open"),
			Map.entry("gate.open", "1, or 0 while a run of failures keeps events away from the handlers"),
			Map.entry("receive", "how long receives were open"),
			Map.entry("receive.overdue", "receives that were replaced because no answer came"),
			Map.entry("event.age", "from the time of an event to its receipt"),
			Map.entry("undecodable", "received events that are no CloudEvents"),
			Map.entry("events", "deliveries that ended, by how"),
			Map.entry("settlement.batch", "events in a settlement request"),
			Map.entry("settlement.failures", "events that a settlement request did not settle"),
			Map.entry("lock.renewals", "locks that were to be renewed"));

	@Test
	void isWhatAnApplicationHas() throws IOException {
		String expected = reference();
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(REFERENCE, expected);
		}
		assertThat(REFERENCE).as("write it again with -Ddocs.write=true").exists().hasContent(expected);
	}

	private static String reference() {
		try (ConfigurableApplicationContext context = run()) {
			Recorded recorded = context.getBean(Recorded.class);
			StepVerifier
				.create(context.getBean(TableServiceClient.class)
					.createTable("orders")
					.then(context.getBean(EventGridTemplate.class).publish("orders", new OrderPlaced("1")))
					.then(recorded.all(OBSERVATIONS.keySet())))
				.expectComplete()
				.verify(LIMIT);
			recordEverything(context);
			return text(recorded.observations, meters(context.getBean(MeterRegistry.class)));
		}
	}

	/**
	 * Some meters are there only once something has happened.
	 */
	private static void recordEverything(ConfigurableApplicationContext context) {
		context.getBean(EventGridListenerRegistry.class).containers().forEach((container) -> {
			ListenerMetrics.Recorder recorder = context.getBean(ListenerMetrics.class).record(container);
			recorder.received(List.of(), Duration.ZERO);
			recorder.settling("acknowledge", 1);
			recorder.settlementFailed("acknowledge", "TokenLost", 1);
			recorder.locksRenewed(1, 0);
		});
	}

	private static Map<String, Meter.Id> meters(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith(OURS))
			.collect(Collectors.toMap(Meter.Id::getName, (id) -> id, (one, other) -> one, TreeMap::new));
	}

	private static String text(Map<String, Keys> observations, Map<String, Meter.Id> meters) {
		assertThat(observations).containsOnlyKeys(OBSERVATIONS.keySet());
		assertThat(meters).containsOnlyKeys(METERS.keySet().stream().map(METER::concat).collect(Collectors.toSet()));
		StringBuilder text = new StringBuilder("# Observability\n\n"
				+ "All observations and meters, with their keys. This page is written from what a running application has, "
				+ "and a test fails when it is stale. What the values mean, and which alarms are worth having: "
				+ "[listeners](listener.md).\n\n"
				+ "## Observations\n\nEach becomes a timer of its name and, with tracing, a span. A key is always there, "
				+ "`none` where there is nothing to say. One is switched off with "
				+ "`management.observations.enable.<name>=false`.\n\n"
				+ "| observation | of | low-cardinality keys | others |\n|---|---|---|---|\n");
		observations.forEach((name, keys) -> text.append("| `" + name + "` | " + OBSERVATIONS.get(name) + " | "
				+ code(keys.low()) + " | " + code(keys.high()) + " |\n"));
		text.append("\n## Meters\n\nOf each listener container, from its first start until its removal.\n\n"
				+ "| meter | type | of | tags |\n|---|---|---|---|\n");
		meters.forEach((name,
				id) -> text.append("| `" + name + "` | "
						+ id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
						+ METERS.get(name.substring(METER.length())) + " | "
						+ code(id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new)))
						+ " |\n"));
		return text.toString();
	}

	private static String code(Set<String> keys) {
		return keys.stream().map((key) -> "`" + key + "`").collect(Collectors.joining(", "));
	}

	private static ConfigurableApplicationContext run() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("azure.emulator.enabled=true", "spring.reactor.netty.shutdown-quiet-period=0s",
					"spring.main.banner-mode=off")
			.run();
	}

	record OrderPlaced(String id) {

	}

	/**
	 * The keys of an observation.
	 */
	private record Keys(Set<String> low, Set<String> high) {

		static Keys of(Observation.Context context) {
			return new Keys(names(context.getLowCardinalityKeyValues()), names(context.getHighCardinalityKeyValues()));
		}

		private static Set<String> names(KeyValues values) {
			return values.stream().map(KeyValue::getKey).collect(Collectors.toCollection(TreeSet::new));
		}

	}

	/**
	 * Keeps the keys of each observation that ends.
	 */
	static class Recorded implements ObservationHandler<Observation.Context> {

		private final Map<String, Keys> observations = new ConcurrentSkipListMap<>();

		private final Map<String, Sinks.Empty<Void>> seen = new ConcurrentHashMap<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			String name = String.valueOf(context.getName());
			if (name.startsWith(OURS)) {
				this.observations.put(name, Keys.of(context));
				sink(name).tryEmitEmpty();
			}
		}

		Mono<Void> all(Set<String> names) {
			return Mono.when(names.stream().map((name) -> sink(name).asMono()).toList());
		}

		private Sinks.Empty<Void> sink(String name) {
			return this.seen.computeIfAbsent(name, (key) -> Sinks.empty());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Billing.class, Recorded.class })
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		ObservationRegistry observationRegistry(Recorded recorded) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(recorded);
			return registry;
		}

	}

	static class Billing {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<Void> bill(OrderPlaced event) {
			return Mono.empty();
		}

	}

}
