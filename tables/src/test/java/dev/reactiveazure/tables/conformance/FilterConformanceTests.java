package dev.reactiveazure.tables.conformance;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TablesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Queries find what the protocol says, by any type.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class FilterConformanceTests extends TableFixture {

	FilterConformanceTests(TablesService service) {
		super(service);
	}

	private static final UUID GUID = UUID.fromString("68260b3f-beab-45e2-b900-33e2b442e724");

	private static final Instant MOMENT = Instant.parse("2026-01-22T00:00:00.123Z");

	private void insertRow(String row, UnaryOperator<TableEntity.Builder> properties) {
		this.table.insert(properties.apply(entity("p", row)).build()).block();
	}

	private List<String> rows(String filter) {
		return await(this.table.query(TableQuery.filter(filter)).map(TableEntity::rowKey).collectList());
	}

	@Test
	void comparesEachTypeWithItsLiteral() {
		insertRow("1",
				(row) -> row.put("s", "it's")
					.put("i", 7)
					.put("l", 1L << 40)
					.put("d", 2.5)
					.put("b", true)
					.put("t", MOMENT)
					.put("g", GUID)
					.put("x", new byte[] { 10, (byte) 0xf0 }));
		insertRow("2", (row) -> row);

		TableEntity stored = await(this.table.get("p", "1"));
		stored.properties().forEach((name, value) -> {
			EdmType type = Objects.requireNonNull(EdmType.of(value.getClass()));
			assertThat(rows(name + " eq " + type.literal(value))).as(name).containsExactly("1");
		});
	}

	@Test
	void ordersNumbersTextAndMoments() {
		for (int i = 0; i < 10; i++) {
			int n = i;
			insertRow("r" + i,
					(row) -> row.put("n", n).put("s", "s" + n).put("t", MOMENT.plusSeconds(n)).put("d", n / 2.0));
		}

		assertThat(rows("n gt 6")).containsExactly("r7", "r8", "r9");
		assertThat(rows("n ge 2 and n lt 4")).containsExactly("r2", "r3");
		assertThat(rows("s ge 's8'")).containsExactly("r8", "r9");
		assertThat(rows("d le 0.5")).containsExactly("r0", "r1");
		assertThat(rows("t gt " + EdmType.DATE_TIME.literal(MOMENT.plusSeconds(8)))).containsExactly("r9");
		assertThat(rows("RowKey lt 'r1'")).containsExactly("r0");
	}

	@Test
	void combinesByPrecedence() {
		for (int i = 0; i < 4; i++) {
			int n = i;
			insertRow("r" + i, (row) -> row.put("n", n).put("even", n % 2 == 0));
		}

		assertThat(rows("n eq 0 or n eq 1 and even eq true")).containsExactly("r0");
		assertThat(rows("(n eq 0 or n eq 1) and even eq false")).containsExactly("r1");
		assertThat(rows("not (n lt 2)")).containsExactly("r2", "r3");
	}

	@Test
	void findsNoAbsentPropertyUnequal() {
		insertRow("with", (row) -> row.put("n", 1));
		insertRow("without", (row) -> row);

		assertThat(rows("n ne 5")).containsExactly("with");
		assertThat(rows("not (n eq 1)")).containsExactly("without");
	}

	@Test
	void typesDecideEquality() {
		insertRow("int", (row) -> row.put("n", 3));
		insertRow("long", (row) -> row.put("n", 3L));

		if (AzuriteDeviation.FILTER_FAILS_ON_MIXED_INTEGERS.isIn(this.service)) {
			assertThat(this.wire.send("GET", "/" + this.tableName + "()?$filter=n%20eq%203L", null).statusCode())
				.isEqualTo(500);
			return;
		}
		assertThat(rows("n eq 3")).containsExactly("int", "long");
		assertThat(rows("n eq 3L")).containsExactly("long");
	}

	@Test
	void comparesHundredsOfNanoseconds() {
		insertRow("early", (row) -> row.put("t", Instant.parse("2026-01-01T00:00:00.1234566Z")));
		insertRow("late", (row) -> row.put("t", Instant.parse("2026-01-01T00:00:00.1234567Z")));

		List<String> found = rows("t ge datetime'2026-01-01T00:00:00.1234567Z'");

		if (AzuriteDeviation.FILTER_DATES_ARE_CUT.isIn(this.service)) {
			assertThat(found).contains("late");
			return;
		}
		assertThat(found).containsExactly("late");
	}

	@Test
	void takesQuotesInLiteralsForText() {
		insertRow("1", (row) -> row.put("s", "' or true or s eq '"));
		insertRow("2", (row) -> row.put("s", "other"));

		assertThat(rows("s eq " + EdmType.STRING.literal("' or true or s eq '"))).containsExactly("1");
		assertThat(rows("s eq " + EdmType.STRING.literal("x' or s ne 'x"))).isEmpty();
	}

	@Test
	void refusesWhatIsNoFilter() {
		assertRefused(this.table.query(TableQuery.filter("aaa bbb ccc")).next(), InvalidRequestException.class, 400,
				"InvalidInput");
		HttpResponse<String> answer = this.wire.send("GET", "/" + this.tableName + "()?$filter=aaa%20bbb%20ccc", null);
		assertThat(answer.body().contains("Syntax error at position"))
			.isNotEqualTo(AzuriteDeviation.FILTER_ERROR_NAMES_NO_PLACE.isIn(this.service));
	}

	@Test
	void refusesToCompareWithNull() {
		int status = this.wire.send("GET", "/" + this.tableName + "()?$filter=n%20eq%20null", null).statusCode();

		assertThat(status).isEqualTo(AzuriteDeviation.FILTER_COMPARES_WITH_NULL.isIn(this.service) ? 200 : 400);
	}

	@Test
	void knowsKeywordsInLowerCaseOnly() {
		int status = this.wire.send("GET", "/" + this.tableName + "()?$filter=n%20EQ%201", null).statusCode();

		assertThat(status).isEqualTo(AzuriteDeviation.FILTER_KEYWORDS_IN_ANY_CASE.isIn(this.service) ? 200 : 400);
	}

	@Test
	void comparesFifteenTimesAtMost() {
		String filter = "n eq 1" + " or n eq 1".repeat(14);
		assertThat(rows(filter)).isEmpty();

		int status = this.wire
			.send("GET", "/" + this.tableName + "()?$filter=" + (filter + " or n eq 1").replace(" ", "%20"), null)
			.statusCode();
		assertThat(status).isEqualTo(AzuriteDeviation.FILTER_HAS_NO_LIMIT.isIn(this.service) ? 200 : 400);
	}

	@Test
	void takesEmptyOptionsAsAbsent() {
		insertRow("1", (row) -> row.put("n", 1));

		HttpResponse<String> answer = this.wire.send("GET", "/" + this.tableName + "()?$filter=&$select=", null);

		assertThat(answer.body()).contains("\"n\":1");
	}

	@Test
	void sortsByPartitionAndRow() {
		insertAll(Flux.just("b", "a", "B", "0")
			.flatMap((partition) -> Flux.just(entity(partition, "2").build(), entity(partition, "10").build())));

		List<String> keys = await(
				this.table.query(TableQuery.all()).map((row) -> row.partitionKey() + row.rowKey()).collectList());

		assertThat(keys).containsExactly("010", "02", "B10", "B2", "a10", "a2", "b10", "b2");
	}

}
