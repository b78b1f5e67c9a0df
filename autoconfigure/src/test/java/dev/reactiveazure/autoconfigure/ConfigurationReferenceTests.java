package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.util.ClassUtils;
import org.springframework.util.ObjectUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference of all properties is written from their metadata: it fails where the two
 * differ. Run with {@code -Ddocs.write=true} to write it.
 */
class ConfigurationReferenceTests {

	private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");

	private static final List<Section> SECTIONS = List.of(new Section("Table storage", "azure.tables.", """
			Any of these properties can also be set for a connection with a name, below \
			`azure.tables.connections.<name>.`; its client and template are injected with `@Qualifier("<name>")`. \
			Where to connect and who is calling come from a `TablesConnectionDetails` bean, a Testcontainers or Docker \
			Compose container or the embedded emulator instead, where there is one."""),
			new Section("Event Grid", "azure.eventgrid.",
					"""
							Any of these properties but those of `template` and `listener` can also be set for a connection with a \
							name, below `azure.eventgrid.connections.<name>.`; its client and template are injected with \
							`@Qualifier("<name>")`, and its listeners say `@EventGridListener(connection = "<name>")`. What an \
							attribute of `@EventGridListener` says goes before the property of the same name, and an \
							`EventGridListenerContainerFactoryCustomizer` before the properties."""),
			new Section("Embedded emulator", "azure.emulator.", """
					The emulator starts for a service that has no connection, outside of cloud platforms, and never \
					because a packaged application itself says so."""), new Section("Actuator", "management.",
					"""
							None of the health contributors is part of the liveness group; to make one part of readiness, name it \
							in `management.endpoint.health.group.readiness.include`."""));

	@Test
	void isWhatTheMetadataSays() throws IOException {
		String expected = reference();
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(REFERENCE, expected);
		}
		assertThat(REFERENCE).as("write it again with -Ddocs.write=true").exists().hasContent(expected);
	}

	@Test
	void hasEachProperty() throws IOException {
		assertThat(ConfigurationMetadataTests.names())
			.allMatch((name) -> SECTIONS.stream().anyMatch((section) -> name.startsWith(section.prefix())));
		assertThat(reference()).contains(ConfigurationMetadataTests.names());
	}

	private static String reference() throws IOException {
		StringBuilder text = new StringBuilder("# Configuration\n\n"
				+ "All properties, with their defaults. This page is written from the metadata that development tools read, "
				+ "and a test fails when it is stale. An option that is not here is a bean: see "
				+ "[getting started](getting-started.md).\n");
		Collection<ConfigurationMetadataProperty> properties = ConfigurationMetadataTests.read();
		for (Section section : SECTIONS) {
			text.append("\n## ").append(section.title()).append("\n\n").append(section.introduction()).append("\n\n");
			text.append("| property | type | default | what it is |\n|---|---|---|---|\n");
			properties.stream()
				.filter((property) -> property.getId().startsWith(section.prefix()))
				.sorted(Comparator.comparing(ConfigurationMetadataProperty::getId))
				.forEach((property) -> text.append(row(property)));
		}
		return text.toString();
	}

	private static String row(ConfigurationMetadataProperty property) {
		return "| `" + property.getId() + "` | " + type(property.getType()) + " | " + value(property.getDefaultValue())
				+ " | " + cell(property.getDescription()) + " |\n";
	}

	private static String type(@Nullable String type) {
		String name = String.valueOf(type);
		if (ClassUtils.isPresent(name, null)) {
			Object[] constants = ClassUtils.resolveClassName(name, null).getEnumConstants();
			if (constants != null) {
				return Arrays.stream(constants)
					.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
					.collect(Collectors.joining(", "));
			}
		}
		String simple = name.replaceAll("[a-z0-9]+\\.", "").replace('$', '.');
		return "`" + simple.substring(simple.indexOf('.') + 1) + "`";
	}

	private static String value(@Nullable Object value) {
		if (value == null) {
			return "";
		}
		String text = (value instanceof Object[] values)
				? String.join(",", List.of(values).stream().map(String::valueOf).toList())
				: ObjectUtils.nullSafeToString(value);
		return (text.isEmpty() || text.equals("{}")) ? "" : "`" + text + "`";
	}

	private static String cell(@Nullable String text) {
		return String.valueOf(text).replace("|", "\\|").replace("<", "&lt;");
	}

	/**
	 * A part of the page.
	 */
	private record Section(String title, String prefix, String introduction) {
	}

}
