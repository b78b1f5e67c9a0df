package dev.reactiveazure.autoconfigure.tables;

import java.time.Duration;
import java.util.Locale;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.ReactiveAfterSaveCallback;
import dev.reactiveazure.tables.template.ReactiveBeforeSaveCallback;
import dev.reactiveazure.tables.template.TableNameResolver;
import dev.reactiveazure.tables.template.TableTemplate;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a template takes of the application's beans.
 */
class TableTemplateBeansTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class, TablesAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", "azure.emulator.enabled=true",
				"azure.tables.template.create-tables=true");

	@Test
	void asksTheEntityCallbacksAmongThem() {
		this.runner.withUserConfiguration(UpperCase.class).run((context) -> {
			TableTemplate tables = context.getBean(TableTemplate.class);
			Note saved = tables.insert(new Note("a", "1", "quiet")).block(LIMIT);
			assertThat(saved).extracting(Note::text).isEqualTo("QUIET");
		});
	}

	@Test
	void takesTheResolverOfTableNames() {
		this.runner.withBean(TableNameResolver.class, () -> TableNameResolver.asMapped().withPrefix("shop"))
			.run((context) -> {
				context.getBean(TableTemplate.class).insert(new Note("a", "1", "quiet")).block(LIMIT);
				assertThat(context.getBean(TableServiceClient.class)
					.getTableClient("shopnotes")
					.get("a", "1")
					.block(LIMIT)).isNotNull();
			});
	}

	@Test
	void choosesNoneOfTwoResolversOfTableNames() {
		this.runner.withBean("shop", TableNameResolver.class, () -> TableNameResolver.asMapped().withPrefix("shop"))
			.withBean("tenants", TableNameResolver.class, () -> TableNameResolver.asMapped().withTenant("tenant"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("shop,tenants"));
	}

	@Test
	void letsACallbackAskForTheTemplateItself() {
		this.runner.withUserConfiguration(Copies.class).run((context) -> {
			TableTemplate tables = context.getBean(TableTemplate.class);
			tables.insert(new Note("a", "1", "quiet")).block(LIMIT);
			assertThat(tables.findByKey(new TableKey("a", "1"), Copy.class).block(LIMIT)).extracting(Copy::text)
				.isEqualTo("quiet");
		});
	}

	@Table("copies")
	record Copy(@PartitionKey String owner, @RowKey String id, String text) {
	}

	@Table("notes")
	record Note(@PartitionKey String owner, @RowKey String id, String text) {
	}

	@Configuration(proxyBeanMethods = false)
	static class UpperCase {

		@Bean
		ReactiveBeforeSaveCallback<Note> upperCase() {
			return (note, table) -> Mono.just(new Note(note.owner(), note.id(), note.text().toUpperCase(Locale.ROOT)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Copies {

		@Bean
		ReactiveAfterSaveCallback<Note> copy(ObjectProvider<TableTemplate> tables) {
			return (note, table) -> tables.getObject()
				.insert(new Copy(note.owner(), note.id(), note.text()))
				.thenReturn(note);
		}

	}

}
