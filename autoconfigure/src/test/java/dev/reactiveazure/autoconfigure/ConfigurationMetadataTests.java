package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	/**
	 * These have no default: connections must be given, the others fall back to another
	 * value.
	 */
	private static final Set<String> WITHOUT_DEFAULT = Stream
		.concat(Stream.of("azure.eventgrid.access-key", "azure.eventgrid.access-key-file",
				"azure.eventgrid.api-version", "azure.eventgrid.channel", "azure.eventgrid.endpoint",
				"azure.eventgrid.listener.max-in-flight", "azure.eventgrid.max-events-per-second",
				"azure.eventgrid.sas-token", "azure.eventgrid.sas-token-file", "azure.eventgrid.secondary-access-key",
				"azure.eventgrid.secondary-access-key-file", "azure.eventgrid.template.source",
				"azure.tables.account-key", "azure.tables.account-key-file", "azure.tables.account-name",
				"azure.tables.audience", "azure.tables.connection-string", "azure.tables.endpoint", "azure.tables.kind",
				"azure.tables.sas-token", "azure.tables.sas-token-file", "azure.tables.secondary-account-key",
				"azure.tables.secondary-account-key-file", "azure.tables.secondary-endpoint"), ofEachService())
		.collect(Collectors.toUnmodifiableSet());

	private static Stream<String> ofEachService() {
		return Stream.of("azure.tables.", "azure.eventgrid.")
			.flatMap((prefix) -> Stream
				.of("entra.authority-host", "entra.certificate-password", "entra.certificate-path", "entra.client-id",
						"entra.client-secret", "entra.credential", "entra.tenant-id", "entra.token-file-path",
						"http.connect-timeout", "http.proxy.host", "http.proxy.password", "http.proxy.username",
						"http.ssl.bundle")
				.map(prefix::concat));
	}

	private static Collection<ConfigurationMetadataProperty> properties = List.of();

	@BeforeAll
	static void load() throws IOException {
		properties = read();
	}

	static Set<String> names() {
		try {
			return read().stream().map(ConfigurationMetadataProperty::getId).collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Collection<ConfigurationMetadataProperty> read() throws IOException {
		URL classes = HttpProperties.class.getProtectionDomain().getCodeSource().getLocation();
		URL metadata = new URL(classes, "META-INF/spring-configuration-metadata.json");
		try (InputStream input = metadata.openStream()) {
			return ConfigurationMetadataRepositoryJsonBuilder.create(input).build().getAllProperties().values();
		}
	}

	@Test
	void eachPropertyIsDescribed() {
		assertThat(properties).hasSizeGreaterThan(50).allSatisfy((property) -> {
			assertThat(property.getDescription()).as(property.getId()).isNotBlank().endsWith(".");
			assertThat(property.getDescription()).as(property.getId()).doesNotStartWith("The ").doesNotStartWith("A ");
			assertThat(property.getShortDescription()).as(property.getId()).isNotBlank();
		});
	}

	@Test
	void eachPropertyHasAType() {
		assertThat(properties)
			.allSatisfy((property) -> assertThat(property.getType()).as(property.getId()).isNotBlank());
	}

	@Test
	void eachPropertyHasADefaultOrIsKnownToHaveNone() {
		assertThat(properties.stream().filter((property) -> property.getDefaultValue() == null))
			.extracting(ConfigurationMetadataProperty::getId)
			.containsExactlyInAnyOrderElementsOf(WITHOUT_DEFAULT);
	}

	@Test
	void allPropertiesAreBelowOurPrefixes() {
		assertThat(properties).extracting(ConfigurationMetadataProperty::getId)
			.allMatch((id) -> id.matches(
					"(azure\\.(tables|eventgrid|emulator)|management\\.(health|info)\\.azure-.*|management\\.endpoint\\.eventgridlisteners)\\..*"));
	}

	@Test
	void booleansSayWhether() {
		assertThat(properties).filteredOn((property) -> "java.lang.Boolean".equals(property.getType()))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.getDescription()).startsWith("Whether "));
	}

}
