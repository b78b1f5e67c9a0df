package dev.reactiveazure.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each option of a listener container is a property with metadata, and an attribute of
 * {@link EventGridListener} or said here to be the container factory's. An option that is
 * added in one of the layers only fails this test.
 */
class ListenerOptionLayersTests {

	private static final String PREFIX = "azure.eventgrid.listener.";

	/** Options whose property has another name than their own. */
	private static final Map<String, String> OTHERWISE = Map.of("configuredMaxInFlight", "max-in-flight",
			"settlement.linger", "settlement-linger", "settlement.batch", "settlement-batch", "locks.duration",
			"lock-duration", "locks.maxDuration", "max-lock-duration", "locks.cancelOnLoss", "cancel-on-lock-loss",
			"gate.failures", "gate.failures", "gate.minBackoff", "gate.min-backoff", "gate.maxBackoff",
			"gate.max-backoff");

	/** Attributes that say what a method listens to and how it is called. */
	private static final Set<String> OF_A_METHOD = Set.of("id", "topic", "subscription", "connection",
			"containerFactory", "types", "unknownType", "timeout", "errorHandler", "filter", "concurrencyKey",
			"autoStartup");

	/** Attributes that go before the property of the same name. */
	private static final Set<String> OF_BOTH = Set.of("ack-mode", "concurrency", "max-events", "max-in-flight",
			"max-wait");

	/** What the container factory says for all its listeners. */
	private static final Set<String> OF_THE_FACTORY = Set.of("cancel-on-lock-loss", "dead-lettered", "gate.failures",
			"gate.max-backoff", "gate.min-backoff", "keep-alive", "lock-duration", "max-backoff", "max-deliveries",
			"max-fatal-in-a-row", "max-lock-duration", "max-polls", "min-backoff", "on-auth-failure",
			"on-startup-failure", "open-poll-on-stop", "phase", "poll-ahead", "pause-grace", "release-delays",
			"settlement-batch", "settlement-linger", "shutdown-timeout");

	@Test
	void eachOptionIsAProperty() {
		assertThat(ConfigurationMetadataTests.names()).containsAll(options().map(PREFIX::concat).toList());
	}

	@Test
	void eachPropertyIsAnOption() {
		assertThat(ConfigurationMetadataTests.names().stream().filter((name) -> name.startsWith(PREFIX)))
			.containsExactlyInAnyOrderElementsOf(options().map(PREFIX::concat).toList());
	}

	@Test
	void eachOptionIsAnAttributeOrTheFactorys() {
		assertThat(options())
			.containsExactlyInAnyOrderElementsOf(Stream.of(OF_BOTH, OF_THE_FACTORY).flatMap(Set::stream).toList());
	}

	@Test
	void eachAttributeIsAnOptionOrTheMethods() {
		Set<String> attributes = Arrays.stream(EventGridListener.class.getDeclaredMethods())
			.map(Method::getName)
			.filter((name) -> !OF_A_METHOD.contains(name))
			.map(ListenerOptionLayersTests::kebab)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(attributes).containsExactlyInAnyOrderElementsOf(OF_BOTH);
	}

	private static Stream<String> options() {
		return Arrays.stream(ContainerOptions.class.getRecordComponents())
			.flatMap(
					(component) -> component.getType().isRecord() ? ofGroup(component) : Stream.of(component.getName()))
			.map((option) -> OTHERWISE.getOrDefault(option, kebab(option.substring(option.indexOf('.') + 1))));
	}

	private static Stream<String> ofGroup(RecordComponent group) {
		return Arrays.stream(group.getType().getRecordComponents())
			.map((component) -> group.getName() + "." + component.getName());
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
