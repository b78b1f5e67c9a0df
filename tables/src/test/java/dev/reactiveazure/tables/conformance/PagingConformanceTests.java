package dev.reactiveazure.tables.conformance;

import dev.reactiveazure.tables.Requirement;
import java.net.http.HttpResponse;
import java.util.List;

import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Results come in pages that can be resumed, as the protocol says.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class PagingConformanceTests extends TableFixture {

	PagingConformanceTests(TablesService service) {
		super(service);
	}

	private void insertRows(int count) {
		insertAll(Flux.range(0, count).map((i) -> entity("p" + i % 2, String.format("%04d", i)).put("n", i).build()));
	}

	@Test
	void cutsPagesAtTheirSize() {
		insertRows(10);

		List<TablePage<TableEntity>> pages = await(this.table.pages(TableQuery.all().pageSize(4)).collectList());

		assertThat(pages.stream().flatMap((page) -> page.items().stream()).map(TableEntity::rowKey))
			.containsExactly("0000", "0002", "0004", "0006", "0008", "0001", "0003", "0005", "0007", "0009");
		assertThat(pages).allSatisfy((page) -> assertThat(page.items()).hasSizeLessThanOrEqualTo(4));
		assertThat(pages.get(pages.size() - 1).continuation()).isNull();
	}

	@Test
	void cutsPagesAtAThousand() {
		insertRows(1001);

		List<TablePage<TableEntity>> pages = await(this.table.pages(TableQuery.all()).collectList());

		assertThat(pages).extracting((page) -> page.items().size()).containsExactly(1000, 1);
		assertThat(await(this.table.query(TableQuery.all()).count())).isEqualTo(1001);
	}

	@Test
	void limitsAcrossPages() {
		insertRows(20);

		assertThat(await(this.table.query(TableQuery.filter("n ge 3").pageSize(3).limit(8)).collectList())).hasSize(8);
	}

	@Test
	void resumesEachTokenWithAnotherClient() {
		insertRows(9);
		List<TablePage<TableEntity>> pages = await(this.table.pages(TableQuery.all().pageSize(2)).collectList());
		int before = 0;
		for (TablePage<TableEntity> page : pages) {
			before += page.items().size();
			if (page.continuation() == null) {
				continue;
			}
			String token = new String(page.continuation().toCharArray());
			try (var other = this.service.client()) {
				assertThat(await(
						other.getTableClient(this.tableName).query(TableQuery.all().pageSize(2).from(token)).count()))
					.isEqualTo(9 - before);
			}
		}
	}

	@Test
	void survivesDeletionsBetweenPages() {
		insertRows(10);
		TablePage<TableEntity> first = await(this.table.pages(TableQuery.all().pageSize(4)).next());
		TableEntity next = await(this.table.get("p0", "0008"));
		this.table.delete(next).block();

		List<TableEntity> rest = await(
				this.table.query(TableQuery.all().pageSize(4).from(first.continuation())).collectList());

		assertThat(rest).extracting(TableEntity::rowKey).containsExactly("0001", "0003", "0005", "0007", "0009");
	}

	@Test
	@Requirement("T22")
	void resumesBehindKeysOfAnyCharacters() {
		List<String> keys = List.of("", "!", "%41", "a b+c", "it's", "x;y&z=1", "\u00e9", "\u4e2d");
		insertAll(Flux.fromIterable(keys).map((key) -> entity(key, key).build()));

		assertThat(await(this.table.query(TableQuery.all().pageSize(1)).map(TableEntity::partitionKey).collectList()))
			.containsExactlyElementsOf(keys);
	}

	@Test
	void tellsTheNextPageInHeadersOnly() {
		insertRows(3);

		HttpResponse<String> answer = this.wire.send("GET", "/" + this.tableName + "()?$top=1", null);

		assertThat(answer.headers().firstValue("x-ms-continuation-NextPartitionKey")).isPresent();
		assertThat(answer.headers().firstValue("x-ms-continuation-NextRowKey")).isPresent();
		assertThat(answer.body()).startsWith("{\"odata.metadata\":").doesNotContain("nextLink");
	}

	@Test
	void selectsInEveryPage() {
		insertRows(6);

		assertThat(await(this.table.query(TableQuery.filter("n ge 0").select("RowKey").pageSize(2)).collectList()))
			.hasSize(6)
			.allSatisfy((row) -> {
				assertThat(row.properties()).isEmpty();
				assertThat(row.rowKey()).isNotEmpty();
				assertThat(row.etag()).isNotNull();
			});
	}

}
