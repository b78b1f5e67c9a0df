package dev.reactiveazure.tables;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
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
			.withResponseTimeout(Duration.ofMillis(300))
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

		StepVerifier.create(this.table.get("p", "r"))
			.expectError(InvalidAnswerException.class)
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void refusesAnEntityThatIsCutAnywhere() {
		for (int length = 0; length < ROW.length(); length++) {
			this.answer.set(ROW.substring(0, length));
			StepVerifier.create(this.table.get("p", "r"))
				.expectError(InvalidAnswerException.class)
				.verify(Duration.ofSeconds(5));
		}
	}

	@Test
	void refusesAPageThatIsCutAnywhere() {
		String page = "{\"value\":[" + ROW + "," + ROW + "]}";
		for (int length = 0; length < page.length(); length++) {
			this.answer.set(page.substring(0, length));
			StepVerifier.create(this.table.query(TableQuery.all()))
				.expectError(InvalidAnswerException.class)
				.verify(Duration.ofSeconds(5));
		}
		this.answer.set(page);
		StepVerifier.create(this.table.query(TableQuery.all())).expectNextCount(2).verifyComplete();
	}

	@Test
	void readsAPageWhoseValueComesFirst() {
		this.answer.set("{\"value\":[" + ROW + "],\"odata.metadata\":\"x\"}");

		StepVerifier.create(this.table.query(TableQuery.all())).expectNextCount(1).verifyComplete();
	}

	@Test
	void givesUpAnEndlessAnswer() {
		this.answer.set("{\"value\":[" + " ".repeat(100_000));

		StepVerifier.create(this.table.query(TableQuery.all()))
			.expectError(AzureException.class)
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void givesUpAnAnswerThatNeverComes() {
		this.answer.set("never");

		StepVerifier.create(this.table.get("p", "r"))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class)
				.hasMessageContaining("within 300 ms"))
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void refusesAWriteWithoutAVersionInItsAnswer() {
		this.answer.set("{}");

		StepVerifier.create(this.table.insert(TableEntity.builder("p", "r").build()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidAnswerException.class)
				.hasMessageContaining("no ETag"))
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void sendsNothingForAnEntityThatIsInvalid() {
		StepVerifier.create(this.table.insert(TableEntity.builder("p", "r").put("Text", "x".repeat(32_769)).build()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidEntityException.class)
				.hasMessageContaining("'Text'"))
			.verify(Duration.ofSeconds(5));

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

}
