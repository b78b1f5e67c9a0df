package dev.reactiveazure.autoconfigure;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.PoolOptions;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.eventgrid.EventGridBasicClient;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each option that clients and templates have in Java is a property with metadata too, or
 * said here to be a bean or a customizer's. An option that is added without either fails
 * this test.
 */
class ClientOptionLayersTests {

	/** No properties: collaborators, which are beans or a customizer's to set. */
	private static final Set<String> BEANS = Set.of("connector", "receiveConnector", "poolOptions", "options",
			"observationRegistry", "observationConvention", "publishConvention", "receiveConvention",
			"settleConvention", "jsonMapper", "scheduler", "clock", "random");

	/** Several properties, or another name. */
	private static final Map<String, String> OTHERWISE = Map.of("credential", "entra.credential", "fromTableUrl",
			"sas-token");

	private final Set<String> properties = ConfigurationMetadataTests.names();

	@Test
	void optionsOfTheTablesClientAreProperties() {
		assertThat(missing("azure.tables.", builderOptions(TableServiceClient.Builder.class))).isEmpty();
	}

	@Test
	void optionsOfTheNamespaceClientAreProperties() {
		assertThat(missing("azure.eventgrid.", builderOptions(EventGridNamespaceClient.Builder.class))).isEmpty();
	}

	@Test
	void optionsOfTheBasicClientAreProperties() {
		assertThat(missing("azure.eventgrid.", builderOptions(EventGridBasicClient.Builder.class))).isEmpty();
	}

	@Test
	void optionsOfTheTableTemplateAreProperties() {
		assertThat(missing("azure.tables.template.", components(TableTemplateOptions.class))).isEmpty();
	}

	@Test
	void optionsOfEachRequestAreProperties() {
		for (String service : Set.of("azure.tables.", "azure.eventgrid.")) {
			Set<String> ofRequests = components(ClientOptions.class);
			assertThat(ofRequests.removeAll(Set.of("retry", "configuredBy"))).isTrue();
			assertThat(missing(service + "http.", ofRequests)).isEmpty();
			assertThat(missing(service + "retry.", components(RetryOptions.class))).isEmpty();
			assertThat(missing(service + "http.", components(PoolOptions.class))).isEmpty();
		}
	}

	private Map<String, String> missing(String prefix, Set<String> options) {
		assertThat(options).isNotEmpty();
		return options.stream()
			.filter((option) -> !BEANS.contains(option))
			.map((option) -> Map.entry(option, prefix + OTHERWISE.getOrDefault(option, kebab(option))))
			.filter((entry) -> !this.properties.contains(entry.getValue()))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
	}

	private static Set<String> builderOptions(Class<?> builder) {
		return Stream.of(builder.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()))
			.filter((method) -> method.getParameterCount() == 1 && method.getDeclaringClass() != Object.class)
			.map(Method::getName)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> components(Class<?> options) {
		return Arrays.stream(options.getRecordComponents())
			.map(RecordComponent::getName)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String kebab(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
