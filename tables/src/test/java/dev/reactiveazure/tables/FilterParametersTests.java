package dev.reactiveazure.tables;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.emulator.AzureEmulator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FilterParametersTests {

	private static final String FILTER = "PartitionKey eq :p and (v eq :v or not (v gt :v)) and note ne ':p it''s :v'";

	private static final Pattern LITERAL = Pattern
		.compile("(?:datetime|guid|X)?'(?:[^']|'')*'|(?<![\\w'])-?\\d[\\w.+-]*|\\btrue\\b|\\bfalse\\b");

	private static final String[] EVIL = { "'", "''", ":v", ":p", " or ", "true", "(", ")", " eq ", "datetime'", "X'",
			"\\", "\n", "%27", "&$filter=", "\u0000", "\u2019", "\uff07", "a" };

	@Test
	void rendersValuesByTheirOwnType() {
		TableQuery query = TableQuery.filter("a eq :text and b gt :int and c lt :long and d ge :double and e eq :flag "
				+ "and f le :moment and g eq :guid and h eq :bytes and (i eq :offset)");

		TableQuery bound = query.bind("text", "it's")
			.bind("int", -1)
			.bind("long", 1L)
			.bind("double", 2.0)
			.bind("flag", true)
			.bind("moment", Instant.EPOCH)
			.bind("guid", new UUID(0, 1))
			.bind("bytes", new byte[] { 10 })
			.bind("offset", OffsetDateTime.parse("1970-01-01T02:00:00+02:00"));

		assertThat(bound.filter()).isEqualTo("a eq 'it''s' and b gt -1 and c lt 1L and d ge 2.0 and e eq true "
				+ "and f le datetime'1970-01-01T00:00:00Z' and g eq guid'00000000-0000-0000-0000-000000000001' "
				+ "and h eq X'0a' and (i eq datetime'1970-01-01T00:00:00Z')");
	}

	@Test
	void keepsTheRestOfTheQuery() {
		TableQuery query = TableQuery.filter("a eq :a").select("a").pageSize(2).limit(3).bind("a", 1);

		assertThat(query).isEqualTo(TableQuery.filter("a eq 1").select("a").pageSize(2).limit(3));
	}

	@Test
	void refusesWhatIsNotBoundBeforeAnythingIsSent() {
		try (StubTables stub = new StubTables();
				TableServiceClient client = TableServiceClient.builder()
					.endpoint(stub.address())
					.credential(new SharedKey("acct", "c2VjcmV0"))
					.build()) {
			TableClient table = client.getTableClient("orders");
			TableQuery query = TableQuery.filter("a eq :a and b eq :b").bind("a", "x");

			assertThatIllegalArgumentException().isThrownBy(() -> table.query(query))
				.withMessage("Parameter ':b' of the filter has no value: bind one");
			assertThatIllegalArgumentException().isThrownBy(() -> table.pages(query)).withMessageContaining("':b'");
			assertThatIllegalArgumentException().isThrownBy(() -> client.listTables(query))
				.withMessageContaining("':b'");
			assertThat(stub.requests()).isEmpty();
		}
	}

	@Test
	void refusesParametersThatAreNotThereAndValuesWithoutLiteral() {
		TableQuery query = TableQuery.filter("a eq :a");

		assertThatIllegalArgumentException().isThrownBy(() -> query.bind("b", 1)).withMessageContaining("':b'");
		assertThatIllegalArgumentException().isThrownBy(() -> query.bind("a", 1).bind("a", 2))
			.withMessageContaining("already");
		assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.all().bind("a", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> query.bind("a", 1.5f))
			.withMessageContaining("':a' can't be a java.lang.Float");
		assertThatIllegalArgumentException().isThrownBy(() -> query.bind("a", Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.filter("a eq ':a'").bind("a", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.filter("a eq 'x :a").bind("a", 1));
	}

	@Test
	void refusesParametersThatAValueCouldGrowTogetherWith() {
		for (String filter : List.of("a eq :a'b'", "a eq 'b':a", "a eq X:a", "a eq 1:a", "a eq :a:b", "a eq :a.b")) {
			assertThatIllegalArgumentException().isThrownBy(() -> TableQuery.filter(filter).bind("a", "x"))
				.withMessageContaining("':a'");
		}
	}

	@Test
	@Requirement("T17")
	void keepsEveryValueFromChangingTheFilter() {
		Random random = new Random(311);
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < 20_000; i++) {
			String partition = evil(random);
			Object value = value(random);
			TableQuery query = random.nextBoolean() ? TableQuery.filter(FILTER).bind("p", partition).bind("v", value)
					: TableQuery.filter(FILTER).bind("v", value).bind("p", partition);

			String filter = String.valueOf(query.filter());
			assertThat(LITERAL.matcher(filter).replaceAll("#"))
				.isEqualTo("PartitionKey eq # and (v eq # or not (v gt #)) and note ne #");
			texts.clear();
			LITERAL.matcher(filter).results().map(MatchResult::group).forEach(texts::add);
			assertThat(unquoted(texts.get(0))).isEqualTo(partition);
			assertThat(texts.get(1)).isEqualTo(texts.get(2)).isEqualTo(EdmTypeOf.literal(value));
			assertThat(unquoted(texts.get(3))).isEqualTo(":p it's :v");
			query.requireBound();
		}
	}

	@Test
	void findsExactlyTheEntitiesOfAValueWhateverItIs() {
		Random random = new Random(312);
		List<String> values = await(Flux.<String>generate((sink) -> sink.next(evil(random)))
			.filter((value) -> value.indexOf('\u0000') < 0)
			.distinct()
			.take(150)
			.collectList());
		try (AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();
				TableServiceClient client = TableServiceClient.builder()
					.connectionString(emulator.tablesConnectionString())
					.build()) {
			TableClient table = client.getTableClient("orders");
			table.createTable().block();
			Flux.range(0, values.size())
				.flatMap((i) -> table.insert(TableEntity.builder("p", "r" + i).put("v", values.get(i)).build()), 8)
				.blockLast();
			for (int i = 0; i < values.size(); i++) {
				TableQuery query = TableQuery.filter("PartitionKey eq :p and v eq :v")
					.bind("v", values.get(i))
					.bind("p", "p");
				assertThat(await(table.query(query).collectList())).extracting(TableEntity::rowKey)
					.containsExactly("r" + i);
			}
		}
	}

	private static String evil(Random random) {
		StringBuilder text = new StringBuilder();
		int parts = random.nextInt(8);
		for (int i = 0; i < parts; i++) {
			text.append(EVIL[random.nextInt(EVIL.length)]);
		}
		return text.toString();
	}

	private static Object value(Random random) {
		return switch (random.nextInt(8)) {
			case 0 -> random.nextInt();
			case 1 -> random.nextLong();
			case 2 -> random.nextGaussian() * Math.pow(10, random.nextInt(300) - 150);
			case 3 -> random.nextBoolean();
			case 4 -> Instant.ofEpochSecond(random.nextInt());
			case 5 -> new UUID(random.nextLong(), random.nextLong());
			case 6 -> new byte[random.nextInt(5)];
			default -> evil(random);
		};
	}

	private static String unquoted(String literal) {
		assertThat(literal).startsWith("'").endsWith("'");
		return literal.substring(1, literal.length() - 1).replace("''", "'");
	}

	/**
	 * Writes a value's literal alone.
	 */
	private static final class EdmTypeOf {

		static String literal(Object value) {
			for (EdmType type : EdmType.values()) {
				if (type.javaType().isInstance(value)) {
					return type.literal(value);
				}
			}
			throw new IllegalArgumentException(value.getClass().getName());
		}

	}

}
