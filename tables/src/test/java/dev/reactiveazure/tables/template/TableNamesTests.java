package dev.reactiveazure.tables.template;

import java.util.Map;
import java.util.Set;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class TableNamesTests extends TemplateFixture {

	TableNamesTests(TablesService service) {
		super(service);
	}

	@Test
	@Requirement("T32")
	void evaluatesPlaceholdersBeansAndTheCallersContext() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("names", Map.of("orders", "fromBean"));
		TableNameResolver names = TableNameResolver
			.evaluating(new MockEnvironment().withProperty("app.table", "fromProperty"), beans);

		assertThat(names.resolve(entity(Placed.class), Context.empty())).isEqualTo("fromProperty");
		assertThat(names.resolve(entity(Beaned.class), Context.empty())).isEqualTo("fromBean");
		assertThat(names.resolve(entity(Tenanted.class), Context.of("tenant", "acme"))).isEqualTo("acmeorders");
		assertThat(names.withPrefix("dev").resolve(entity(Plain.class), Context.empty())).isEqualTo("devplain");
	}

	private TablePersistentEntity<?> entity(Class<?> type) {
		return this.mapping.getRequiredPersistentEntity(type);
	}

	@Test
	@Requirement("T32")
	void keepsTenantsApartByTheContextOfTheCall() {
		TableTemplate tenants = builder()
			.tableNames(TableNameResolver.asMapped().withTenant("tenant").withPrefix(this.prefix))
			.build();

		Mono<Plain> insert = tenants.insert(new Plain("a", "1"));
		insert.contextWrite(Context.of("tenant", "acme")).block();
		insert.contextWrite(Context.of("tenant", "globex")).block();

		assertThat(await(this.client.listTables().filter((name) -> name.startsWith(this.prefix)).collectList()))
			.containsExactlyInAnyOrder(this.prefix + "acmeplain", this.prefix + "globexplain");
		StepVerifier.create(insert)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("tenant"))
			.verify();
	}

	@Test
	@Requirement("T32")
	void takesATableForOneCall() {
		TableOperations archive = this.template.inTable(this.prefix + "archive");

		archive.insert(new Plain("a", "1")).block();

		assertThat(await(archive.exists(TableKey.of("a", "1"), Plain.class))).isTrue();
		assertThat(await(this.template.exists(TableKey.of("a", "1"), Plain.class))).isFalse();
		assertThat(await(this.template.query(Plain.class).inTable(this.prefix + "archive").all().collectList()))
			.containsExactlyElementsOf(Set.of(new Plain("a", "1")));
	}

	record Plain(@PartitionKey String a, @RowKey String b) {
	}

	@Table("${app.table}")
	record Placed(@PartitionKey String a, @RowKey String b) {
	}

	@Table("#{@names['orders']}")
	record Beaned(@PartitionKey String a, @RowKey String b) {
	}

	@Table("#{context['tenant'] + 'orders'}")
	record Tenanted(@PartitionKey String a, @RowKey String b) {
	}

}
