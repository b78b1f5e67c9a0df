package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collection;
import java.util.List;
import java.util.Set;

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
	private static final Set<String> WITHOUT_DEFAULT = Set.of("azure.eventgrid.access-key", "azure.eventgrid.endpoint",
			"azure.eventgrid.http.connect-timeout", "azure.eventgrid.listener.max-in-flight",
			"azure.eventgrid.template.source", "azure.tables.account-key", "azure.tables.account-name",
			"azure.tables.connection-string", "azure.tables.endpoint", "azure.tables.http.connect-timeout",
			"azure.tables.sas-token");

	private static Collection<ConfigurationMetadataProperty> properties = List.of();

	@BeforeAll
	static void load() throws IOException {
		URL classes = HttpProperties.class.getProtectionDomain().getCodeSource().getLocation();
		URL metadata = new URL(classes, "META-INF/spring-configuration-metadata.json");
		try (InputStream input = metadata.openStream()) {
			properties = ConfigurationMetadataRepositoryJsonBuilder.create(input).build().getAllProperties().values();
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
			.allMatch((id) -> id
				.matches("(azure\\.(tables|eventgrid|emulator)|management\\.(health|info)\\.azure-.*)\\..*"));
	}

	@Test
	void booleansSayWhether() {
		assertThat(properties).filteredOn((property) -> "java.lang.Boolean".equals(property.getType()))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.getDescription()).startsWith("Whether "));
	}

}
