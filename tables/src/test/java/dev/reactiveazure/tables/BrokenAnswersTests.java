package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.RetryOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

class BrokenAnswersTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String ROW = "{\"odata.metadata\":\"x\",\"odata.etag\":\"W/\\\"1\\\"\",\"PartitionKey\":\"p\","
			+ "\"RowKey\":\"r\",\"Timestamp\":\"2026-11-22T05:45:17Z\",\"n\":\"7\",\"n@odata.type\":\"Edm.Int64\"}";

	private final AtomicReference<String> answer = new AtomicReference<>("");

	private final AtomicReference<String> path = new AtomicReference<>("");

	private final AtomicInteger requests = new AtomicInteger();

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle((request, response) -> {
			this.requests.incrementAndGet();
			this.path.set(request.uri());
			String text = Objects.requireNonNull(this.answer.get());
			if (text.equals("never")) {
				return Mono.never();
			}
			return response.header("Content-Type", "application/json").sendString(Mono.just(text));
		})
		.bindNow();

	private final TableServiceClient client = TableServiceClient.builder()
		.endpoint("http://127.0.0.1:" + this.server.port())
		.credential(new SharedKey("shop", "c2VjcmV0"))
		.options(ClientOptions.defaults()
			.withResponseTimeout(LIMIT)
			.withMaxResponseSize(64 * 1024)
			.withRetry(RetryOptions.none()))
		.build();

	private final TableClient table = this.client.getTableClient("orders");

	@AfterEach
	void close() {
		this.client.close();
		this.server.disposeNow();
	}

	@Test
	void readsATypeThatComesBehindItsValue() {
		this.answer.set(ROW);

		assertThat(await(this.table.get("p", "r")).get("n")).isEqualTo(7L);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "7", "<html>", "{", "{\"n\":", "{\"n\":1}}", "{\"n\":{}}", "{\"n\":[1]}",
			"{\"n\":\"x\",\"n@odata.type\":\"Edm.Int64\"}", "{\"n\":\"x\",\"n@odata.type\":\"Edm.Unknown\"}",
			"{\"n\":\"2026\",\"n@odata.type\":\"Edm.DateTime\"}", "{\"n\":\"%\",\"n@odata.type\":\"Edm.Binary\"}" })
	void refusesAGarbledEntity(String garbled) {
		this.answer.set(garbled);

		StepVerifier.create(this.table.get("p", "r")).expectError(InvalidAnswerException.class).verify(LIMIT);
	}

	@Test
	void refusesAnEntityThatIsCutAnywhere() {
		for (int length = 0; length < ROW.length(); length++) {
			this.answer.set(ROW.substring(0, length));
			StepVerifier.create(this.table.get("p", "r")).expectError(InvalidAnswerException.class).verify(LIMIT);
		}
	}

	@Test
	void refusesAPageThatIsCutAnywhere() {
		String page = "{\"value\":[" + ROW + "," + ROW + "]}";
		for (int length = 0; length < page.length(); length++) {
			this.answer.set(page.substring(0, length));
			StepVerifier.create(this.table.query(TableQuery.all()))
				.expectError(InvalidAnswerException.class)
				.verify(LIMIT);
		}
		this.answer.set(page);
		StepVerifier.create(this.table.query(TableQuery.all())).expectNextCount(2).verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "'PartitionKex':'p','RowKey':'r'", "'PartitionKey':'p','Rowkey':'r'",
			"'PartitionKey':7,'RowKey':'r'", "'PartitionKey':'p','RowKey':null", "'RowKey':'r'", "'n':1",
			"'PartitionKey':'p','RowKey':{}" })
	void refusesAPageWithARowOfNoKey(String properties) {
		this.answer.set("{\"value\":[" + ROW + ",{" + properties.replace('\'', '"') + "}]}");
		TypedTableClient<TableKey> typed = this.client.typed("orders", new KeyCodec());

		StepVerifier.create(this.table.query(TableQuery.all()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("query"))
			.verify(LIMIT);
		StepVerifier.create(this.table.query(TableQuery.all().select("n", "PartitionKey", "RowKey")))
			.expectError(InvalidAnswerException.class)
			.verify(LIMIT);
		StepVerifier.create(typed.query(TableQuery.all())).expectError(InvalidAnswerException.class).verify(LIMIT);
	}

	@Test
	void missesNoKeyThatWasNotSelected() {
		this.answer.set("{\"value\":[{\"n\":1},{\"RowKey\":\"r\",\"n\":2}]}");

		StepVerifier.create(this.table.query(TableQuery.all().select("n")).map((row) -> String.valueOf(row.get("n"))))
			.expectNext("1", "2")
			.verifyComplete();
		StepVerifier.create(this.table.query(TableQuery.all().select("n", "RowKey")))
			.expectError(InvalidAnswerException.class)
			.verify(LIMIT);
	}

	@Test
	void readsAPageWhoseValueComesFirst() {
		this.answer.set("{\"value\":[" + ROW + "],\"odata.metadata\":\"x\"}");

		StepVerifier.create(this.table.query(TableQuery.all())).expectNextCount(1).verifyComplete();
	}

	@Test
	void givesUpAnEndlessAnswer() {
		this.answer.set("{\"value\":[" + " ".repeat(100_000));

		StepVerifier.create(this.table.query(TableQuery.all())).expectError(AzureException.class).verify(LIMIT);
	}

	@Test
	void givesUpAnAnswerThatNeverComes() {
		this.answer.set("never");

		StepVerifier
			.create(RequestOptions.none().withResponseTimeout(Duration.ofMillis(300)).applyTo(this.table.get("p", "r")))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
				.hasMessageContaining("within 300 ms"))
			.verify(LIMIT);
	}

	@Test
	void refusesAWriteWithoutAVersionInItsAnswer() {
		this.answer.set("{}");

		StepVerifier.create(this.table.insert(TableEntity.builder("p", "r").build()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("no ETag"))
			.verify(LIMIT);
	}

	@Test
	void sendsNothingForAnEntityThatIsInvalid() {
		StepVerifier.create(this.table.insert(TableEntity.builder("p", "r").put("Text", "x".repeat(32_769)).build()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidEntityException.class)
				.hasMessageContaining("'Text'"))
			.verify(LIMIT);

		assertThat(this.requests).hasValue(0);
	}

	@Test
	void asksForPagesOfTheSizeOrTheLimit() {
		this.answer.set("{\"value\":[" + ROW + "]}");

		this.table.query(TableQuery.filter("a eq 'b&c'").limit(5)).blockLast();
		assertThat(this.path.get()).isEqualTo("/orders()?$filter=a%20eq%20%27b%26c%27&$top=5");
		this.table.query(TableQuery.all().pageSize(3).limit(5).from("NextPartitionKey=1%2116")).blockLast();
		assertThat(this.path.get()).isEqualTo("/orders()?$top=3&NextPartitionKey=1%2116");
	}

	/**
	 * Reads keys alone, and misses none of them.
	 */
	private static final class KeyCodec implements EntityCodec<TableKey> {

		@Override
		public TableKey key(TableKey entity) {
			return entity;
		}

		@Override
		public @Nullable ETag etag(TableKey entity) {
			return null;
		}

		@Override
		public TableKey withETag(TableKey entity, ETag etag) {
			return entity;
		}

		@Override
		public List<String> properties() {
			return List.of("RowKey", "PartitionKey");
		}

		@Override
		public void write(TableKey entity, RowWriter row) {
			throw new UnsupportedOperationException();
		}

		@Override
		public TableKey read(RowReader row) {
			String[] keys = { "", "" };
			for (int property = row.next(); property != RowReader.END; property = row.next()) {
				keys[property] = row.string();
			}
			return TableKey.of(keys[1], keys[0]);
		}

	}

}
