package dev.reactiveazure.tables.docs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.QueryAccess;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableTemplateOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.dao.InvalidDataAccessApiUsageException;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide's part on operations shows code that compiles, and that does what it says.
 */
class TemplateOperationsGuideTests {

	private static final Path GUIDE = Path.of("../docs/tables-template.md");

	private static final Path SNIPPETS = Path
		.of("src/test/java/dev/reactiveazure/tables/docs/TemplateOperationsSnippets.java");

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString(this.emulator.tablesConnectionString())
		.build();

	private final TableMappingContext mapping = new TableMappingContext();

	private final TableTemplate tables = new TableTemplate(this.client, this.mapping,
			TableTemplateOptions.defaults().withCreateTables(true));

	private final TemplateOperationsSnippets snippets = new TemplateOperationsSnippets();

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	void showsCodeThatCompiles() throws IOException {
		String code = normalized(Files.readString(SNIPPETS));
		String guide = Files.readString(GUIDE);
		String operations = guide.substring(guide.indexOf("\n## Operations"), guide.indexOf("\n## What is proven"));
		List<String> blocks = JAVA_BLOCK.matcher(operations)
			.results()
			.map((MatchResult block) -> normalized(block.group(1)))
			.toList();

		assertThat(blocks).hasSizeGreaterThan(10).allSatisfy((block) -> assertThat(code).contains(block));
	}

	private static String normalized(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	@Test
	void doesWhatTheGuideSays() {
		Order order = new Order("ada", "7", BigDecimal.TEN, 2, null);

		Order saved = await(this.snippets.save(this.tables, order));
		assertThat(saved.quantity()).isEqualTo(4);
		assertThat(await(this.snippets.update(this.tables))).isTrue();
		assertThat(await(this.snippets.modify(this.tables)).quantity()).isEqualTo(1);
		assertThat(await(this.snippets.query(this.tables).map(Order::quantity).collectList())).containsExactly(5, 1);
		assertThat(await(this.snippets.parameters(this.tables, "ada").count())).isEqualTo(1);
		assertThat(await(this.snippets.projection(this.tables).count())).isEqualTo(2);
		assertThat(await(this.snippets.window(this.tables, "")).getContent()).hasSize(2);
		assertThat(this.snippets.explain(this.tables).access()).isEqualTo(QueryAccess.PARTITION);
		StepVerifier.create(this.snippets.strict(this.client, this.mapping).findAll(Order.class))
			.verifyError(InvalidDataAccessApiUsageException.class);
		assertThat(await(this.snippets.bulk(this.tables,
				Flux.range(0, 10).map((i) -> new Order("eve", "e" + i, BigDecimal.ONE, i, null)))))
			.isZero();
		assertThat(await(this.snippets.count(this.tables))).isEqualTo(1);
		Order draft = await(this.tables.findByKey("eve", "e1", Order.class));
		assertThat(
				await(this.snippets.transaction(this.tables, new Order("eve", "paid", BigDecimal.ONE, 1, null), draft))
					.all(Order.class))
			.hasSize(1);
		StepVerifier
			.create(this.snippets.callbacks(this.client, this.mapping)
				.insert(new Order("eve", "n", BigDecimal.ONE, -1, null)))
			.verifyErrorMessage("A quantity can't be negative");
		await(this.snippets.tenant(this.client, this.mapping, order));
		assertThat(this.emulator.tables().tableNames()).contains("shopacmeorders");
	}

}
