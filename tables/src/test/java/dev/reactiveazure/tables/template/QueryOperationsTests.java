package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.query.Criteria;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryAccess;
import dev.reactiveazure.tables.query.ScanPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;

import static dev.reactiveazure.tables.Awaited.await;
import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class QueryOperationsTests extends TemplateFixture {

	private static final List<Row> ROWS = rows();

	QueryOperationsTests(TablesService service) {
		super(service);
		this.template.saveAll(Flux.fromIterable(ROWS)).blockLast();
		forgetCalls();
	}

	private static List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		Random random = new Random(11);
		for (int i = 0; i < 120; i++) {
			String name = "n" + random.nextInt(40);
			rows.add(new Row("p" + i / 30, String.format("r%03d", i), (i % 5 == 0) ? null : name, random.nextInt(50)));
		}
		return rows;
	}

	@Test
	@Requirement("T19")
	void findsByPrefixesRangesAndListsWhatAFilterInMemoryFinds() {
		assertFinds(where(Row::id).startsWith("r01"), (row) -> row.id().startsWith("r01"));
		assertFinds(where(Row::name).startsWith("n1"), (row) -> row.name() != null && row.name().startsWith("n1"));
		assertFinds(where(Row::number).between(10, 20), (row) -> row.number() >= 10 && row.number() <= 20);
		assertFinds(where(Row::owner).in("p1", "p3").and(Row::number).lt(25),
				(row) -> List.of("p1", "p3").contains(row.owner()) && row.number() < 25);
		assertFinds(where(Row::owner).is("p1").and(Row::id).in("r031", "r002", "r059", "r040"),
				(row) -> row.owner().equals("p1") && List.of("r031", "r002", "r059", "r040").contains(row.id()));
		List<String> names = IntStream.range(0, 37).mapToObj((i) -> "n" + i).toList();
		assertFinds(where(Row::name).in(names), (row) -> names.contains(row.name()));
		assertFinds(where(Row::name).in(names).and(Row::number).gt(5),
				(row) -> names.contains(row.name()) && row.number() > 5);
		assertFinds(where(Row::id).in(ROWS.stream().map(Row::id).toList()), (row) -> true);
		assertFinds(Criteria.not(where(Row::number).gt(10)).or(where(Row::owner).is("p2")),
				(row) -> row.number() <= 10 || row.owner().equals("p2"));
	}

	private void assertFinds(Criteria criteria, Predicate<Row> expected) {
		List<Row> found = await(this.template.find(Query.of(criteria), Row.class).collectList());
		assertThat(found).containsExactlyElementsOf(ROWS.stream().filter(expected).toList());
		assertThat(await(this.template.count(Query.of(criteria), Row.class))).isEqualTo(found.size());
	}

	@Test
	@Requirement("T18")
	void saysWhatAQueryCostsBeforeItIsSent() {
		assertThat(access(where(Row::owner).is("p1").and(Row::id).is("r031"))).isEqualTo(QueryAccess.POINT);
		assertThat(access(where(Row::owner).is("p1").and(Row::id).gt("r031"))).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(access(where(Row::owner).is("p1").and(Row::number).gt(3))).isEqualTo(QueryAccess.PARTITION);
		assertThat(access(where(Row::owner).gt("p1"))).isEqualTo(QueryAccess.PARTITION_RANGE);
		assertThat(access(where(Row::number).gt(3))).isEqualTo(QueryAccess.TABLE_SCAN);
		assertThat(access(where(Row::owner).is("p1").or(where(Row::owner).is("p2")))).isEqualTo(QueryAccess.TABLE_SCAN);
		assertThat(access(where(Row::owner).in("p1", "p2"))).isEqualTo(QueryAccess.PARTITION);
		assertThat(this.template
			.explain(
					Query.odata("owner eq :o and (id ge :f and id lt :t)").bind("o", "p").bind("f", "a").bind("t", "b"),
					Row.class)
			.access()).isEqualTo(QueryAccess.ROW_RANGE);
		assertThat(this.template.explain(Query.odata("not (owner eq 'p')"), Row.class).access())
			.isEqualTo(QueryAccess.TABLE_SCAN);
		assertThat(this.template.query(Row.class).explain().isTableScan()).isTrue();
		assertThat(operations()).isEmpty();
	}

	private QueryAccess access(Criteria criteria) {
		return this.template.explain(Query.of(criteria), Row.class).access();
	}

	@Test
	@Requirement("T18")
	void refusesScansWhereItMust() {
		TableTemplate strict = builder().options(TableTemplateOptions.defaults().withScanPolicy(ScanPolicy.REFUSE))
			.build();

		StepVerifier.create(strict.find(Query.of(where(Row::number).gt(3)), Row.class))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidDataAccessApiUsageException.class)
				.hasMessageContaining("number gt ?"))
			.verify();
		StepVerifier.create(strict.count(Query.all(), Row.class)).verifyError(InvalidDataAccessApiUsageException.class);
		StepVerifier.create(strict.delete(Query.all(), Row.class))
			.verifyError(InvalidDataAccessApiUsageException.class);
		assertThat(operations()).isEmpty();
		StepVerifier.create(strict.query(Row.class).allowTableScan().limit(3).all())
			.expectNextCount(3)
			.verifyComplete();
		StepVerifier.create(strict.find(Query.of(where(Row::owner).is("p1")), Row.class))
			.expectNextCount(30)
			.verifyComplete();
	}

	@Test
	@Requirement("T35")
	void observesThePlanOfEachRequest() {
		this.template.find(Query.of(where(Row::owner).is("p1")), Row.class).blockLast();
		this.template.find(Query.of(where(Row::owner).is("p1").and(Row::id).is("r031")), Row.class).blockLast();
		this.template.count(Query.all(), Row.class).block();
		this.template.findByKey("p1", "r031", Row.class).block();

		assertThat(calls().stream().map((call) -> call.operation() + " " + call.plan()).toList())
			.containsExactly("query partition", "get point", "query table_scan", "get null");
		assertThat(calls())
			.allSatisfy((call) -> assertThat(call.getLowCardinalityKeyValues().toString()).contains("azure.tables.plan")
				.doesNotContain("p1")
				.doesNotContain("r031"));
	}

	@Test
	@Requirement("T20")
	void readsExactlyAsManyAsTheLimit() {
		for (int limit : new int[] { 1, 7, 30, 31, 119, 120, 500 }) {
			assertThat(await(this.template.query(Row.class).limit(limit).pageSize(13).all().collectList()))
				.containsExactlyElementsOf(ROWS.subList(0, Math.min(limit, 120)));
		}
		forgetCalls();
		this.template.query(Row.class).limit(26).pageSize(13).all().blockLast();
		assertThat(operations()).hasSize(2);
		assertThat(await(this.template.query(Row.class)
			.matching(where(Row::owner).in("p0", "p1", "p2"))
			.limit(45)
			.all()
			.collectList())).containsExactlyElementsOf(ROWS.subList(0, 45));
	}

	@Test
	@Requirement("T21")
	void fillsWindowsWhichTogetherAreTheWholeResult() {
		for (int size : new int[] { 1, 7, 30, 120, 200 }) {
			assertThat(windows(Query.all().limit(size), size)).containsExactlyElementsOf(ROWS);
		}
		Query query = Query.of(where(Row::owner).in("p0", "p2").and(Row::number).gte(10)).limit(9);
		assertThat(windows(query, 9)).containsExactlyElementsOf(ROWS.stream()
			.filter((row) -> List.of("p0", "p2").contains(row.owner()) && row.number() >= 10)
			.toList());
	}

	private List<Row> windows(Query query, int size) {
		List<Row> all = new ArrayList<>();
		ScrollPosition position = ScrollPosition.keyset();
		boolean more = true;
		while (more) {
			Window<Row> window = await(this.template.scroll(query, position, Row.class));
			all.addAll(window.getContent());
			more = window.hasNext();
			if (more) {
				assertThat(window).hasSize(size);
				position = TableScrollPosition.of(window.positionAt(size - 1).toString());
			}
		}
		return all;
	}

	@Test
	@Requirement("T21")
	void refusesPositionsThatAreNotOfTheQuery() {
		Window<Row> window = await(this.template.query(Row.class).limit(5).scroll(TableScrollPosition.start()));
		ScrollPosition position = window.positionAt(4);

		StepVerifier.create(this.template.query(Row.class).matching(where(Row::number).gt(1)).limit(5).scroll(position))
			.expectErrorMatches((error) -> error instanceof IllegalArgumentException)
			.verify();
		StepVerifier.create(this.template.query(Row.class).limit(5).scroll(ScrollPosition.offset(7)))
			.expectErrorMatches((error) -> error instanceof IllegalArgumentException)
			.verify();
		StepVerifier.create(this.template.query(Row.class).scroll(TableScrollPosition.start()))
			.expectErrorMatches((error) -> error instanceof IllegalArgumentException)
			.verify();
	}

	@Test
	@Requirement("T22")
	void readsPagesFromTheirTokens() {
		List<Row> rows = new ArrayList<>();
		String continuation = null;
		do {
			TablePage<Row> page = await(this.template.query(Row.class).pageSize(25).from(continuation).pages().next());
			rows.addAll(page.items());
			continuation = page.continuation();
		}
		while (continuation != null);

		assertThat(rows).containsExactlyElementsOf(ROWS);
	}

	@Test
	@Requirement("T25")
	void countsAndLooksForKeysOnly() {
		assertThat(await(this.template.count(Query.of(where(Row::owner).is("p1")), Row.class))).isEqualTo(30);
		assertThat(await(this.template.count(Query.all().limit(50), Row.class))).isEqualTo(50);
		assertThat(await(this.template.exists(Query.of(where(Row::number).gte(0)), Row.class))).isTrue();
		assertThat(await(this.template.exists(Query.of(where(Row::number).gt(1000)), Row.class))).isFalse();
		assertThat(this.template.explain(Query.all(), Row.class).columns()).isEmpty();
	}

	@Test
	@Requirement("T24")
	void asksForTheColumnsOfAProjectionOnly() {
		Query query = Query.of(where(Row::owner).is("p1").and(Row::number).gte(0)).limit(3);

		List<Summary> summaries = await(this.template.query(Row.class)
			.matching(where(Row::owner).is("p1").and(Row::number).gte(0))
			.limit(3)
			.as(Summary.class)
			.all()
			.collectList());
		List<Numbered> numbered = await(this.template.find(query, Row.class, Numbered.class).collectList());
		List<Described> described = await(this.template.find(query, Row.class, Described.class).collectList());

		assertThat(summaries).containsExactlyElementsOf(
				ROWS.subList(30, 33).stream().map((row) -> new Summary(row.id(), row.number())).toList());
		assertThat(numbered.stream().map(Numbered::getNumber).toList())
			.containsExactlyElementsOf(ROWS.subList(30, 33).stream().map(Row::number).toList());
		assertThat(described.get(0).getText()).isEqualTo(ROWS.get(30).id() + "/" + ROWS.get(30).name());
		assertThat(this.template.query(Row.class).as(Summary.class).explain().columns()).containsExactly("PartitionKey",
				"RowKey", "number");
		assertThat(this.template.query(Row.class).as(Numbered.class).explain().columns())
			.containsExactly("PartitionKey", "RowKey", "number");
		assertThat(this.template.query(Row.class).as(Described.class).explain().columns()).isEmpty();
		StepVerifier.create(this.template.query(Row.class).as(Foreign.class).all())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("colour"))
			.verify();
	}

	@Test
	void findsOneOrSaysThatThereAreMore() {
		StepVerifier.create(this.template.query(Row.class).matching(where(Row::id).is("r031")).one())
			.expectNext(ROWS.get(31))
			.verifyComplete();
		StepVerifier.create(this.template.query(Row.class).matching(where(Row::id).is("none")).one()).verifyComplete();
		StepVerifier.create(this.template.query(Row.class).matching(where(Row::owner).is("p1")).one())
			.verifyError(IncorrectResultSizeDataAccessException.class);
		StepVerifier.create(this.template.query(Row.class).matching(where(Row::owner).is("p1")).first())
			.expectNext(ROWS.get(30))
			.verifyComplete();
	}

	@Test
	@Requirement("T23")
	void readsNoPageBeforeItIsAskedForAndNoneAfterACancel() {
		StepVerifier.create(this.template.query(Row.class).pageSize(20).all(), 0)
			.thenRequest(1)
			.expectNextCount(1)
			.then(() -> assertThat(operations()).hasSize(1))
			.thenRequest(19)
			.expectNextCount(19)
			.then(() -> assertThat(operations()).hasSize(1))
			.thenRequest(1)
			.expectNextCount(1)
			.thenCancel()
			.verify();
		assertThat(operations()).hasSize(2);
	}

	record Row(@PartitionKey String owner, @RowKey String id, @Nullable String name, int number) {
	}

	record Summary(String id, int number) {
	}

	record Foreign(String colour) {
	}

	interface Numbered {

		int getNumber();

	}

	interface Described {

		@Value("#{target.id + '/' + target.name}")
		String getText();

	}

}
