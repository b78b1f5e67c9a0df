package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.core.json.JsonFactory;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

class TransactionWireTests {

	private static final ClientOptions IMPATIENT = ClientOptions.defaults()
		.withResponseTimeout(Duration.ofSeconds(5))
		.withRetry(RetryOptions.defaults().withDelay(Duration.ofMillis(1)));

	private static final String ETAG = "W/\"datetime'2026-11-22T05%3A45%3A17.1234567Z'\"";

	@Test
	void writesTheBytesOfTheProtocol() {
		BatchFormat format = new BatchFormat(new AzureEndpoint("https://acct.table.core.windows.net"),
				UUID.fromString("00000000-0000-0000-0000-000000000001"));
		RowFormat<TableEntity> rows = new RowFormat<>(TableEntityCodec.INSTANCE, new JsonFactory());
		TableEntity entity = TableEntity.builder("p", "it's").put("n", 1).build();
		List<Change<?>> changes = List.of(
				new Change<>(ChangeKind.INSERT, entity.key(), new EntityBody<>(rows, entity, entity.key()), null),
				new Change<>(ChangeKind.MERGE, entity.key(), new EntityBody<>(rows, entity, entity.key()),
						MatchCondition.unchangedSince(ETag.of(ETAG))),
				new Change<>(ChangeKind.DELETE, TableKey.of("p", "1"), null, MatchCondition.any()));
		JsonWriter out = new JsonWriter(new ByteSink());

		TransactionCall call = new TransactionCall(format, new EntityAddress("mytable"), 4096, changes);
		call.write(out);

		assertThat(call.contentType())
			.hasToString("multipart/mixed; boundary=batch_00000000-0000-0000-0000-000000000001");
		assertThat(new String(out.sink().toByteArray(), StandardCharsets.UTF_8)).isEqualTo("""
				--batch_00000000-0000-0000-0000-000000000001
				Content-Type: multipart/mixed; boundary=changeset_00000000-0000-0000-0000-000000000001

				--changeset_00000000-0000-0000-0000-000000000001
				Content-Type: application/http
				Content-Transfer-Encoding: binary

				POST https://acct.table.core.windows.net/mytable HTTP/1.1
				Content-Type: application/json;odata=nometadata
				Accept: application/json;odata=minimalmetadata
				Prefer: return-no-content
				DataServiceVersion: 3.0

				{"PartitionKey":"p","RowKey":"it's","n":1}
				--changeset_00000000-0000-0000-0000-000000000001
				Content-Type: application/http
				Content-Transfer-Encoding: binary

				MERGE https://acct.table.core.windows.net/mytable(PartitionKey='p',RowKey='it%27%27s') HTTP/1.1
				Content-Type: application/json;odata=nometadata
				Accept: application/json;odata=minimalmetadata
				DataServiceVersion: 3.0
				If-Match: W/"datetime'2026-11-22T05%3A45%3A17.1234567Z'"

				{"PartitionKey":"p","RowKey":"it's","n":1}
				--changeset_00000000-0000-0000-0000-000000000001
				Content-Type: application/http
				Content-Transfer-Encoding: binary

				DELETE https://acct.table.core.windows.net/mytable(PartitionKey='p',RowKey='1') HTTP/1.1
				Accept: application/json;odata=minimalmetadata
				If-Match: *


				--changeset_00000000-0000-0000-0000-000000000001--

				--batch_00000000-0000-0000-0000-000000000001--
				""".replace("\n", "\r\n"));
	}

	@Nested
	class AgainstPreparedAnswers {

		private final StubTables stub = new StubTables();

		private final TableServiceClient client = TableServiceClient.builder()
			.endpoint(this.stub.address())
			.credential(new SharedKey("acct", "c2VjcmV0"))
			.options(IMPATIENT)
			.build();

		private final TableClient table = this.client.getTableClient("orders");

		@AfterEach
		void close() {
			this.client.close();
			this.stub.close();
		}

		private Mono<TransactionResult> submitTwo() {
			return this.table.transaction()
				.insert(TableEntity.builder("p", "a").build())
				.upsert(TableEntity.builder("p", "b").build(), UpdateMode.REPLACE)
				.submit();
		}

		@Test
		void readsAnswersWithBareLineFeedsAndContentIds() {
			String part = "HTTP/1.1 204 No Content\r\nContent-ID: 1\r\nETag: " + ETAG + "\r\n\r\n";
			this.stub.batch(StubTables.changes("\n", part, part.replace("Content-ID: 1", "Content-ID: 2") + "\n\n"));

			TransactionResult result = await(submitTwo());

			assertThat(result.etags()).containsExactly(ETag.of(ETAG), ETag.of(ETAG));
		}

		@Test
		@Requirement("T29")
		void triesAgainWhatARefusedOperationMakesPassing() {
			this.stub
				.batch(StubTables.changes("\r\n",
						StubTables.refused("503 Service Unavailable", "Retry-After: 0\r\n", "ServerBusy", "0:Busy.")))
				.batch(StubTables.changes("\r\n",
						StubTables.refused("429 Too Many", "x-ms-retry-after-ms: 1\r\n", "TooManyRequests", "Busy.")))
				.batch(StubTables.changes("\r\n",
						StubTables.refused("500 Internal Server Error", "", "InternalError", "0:Oops.")))
				.batch(StubTables.changes("\r\n", StubTables.done(ETAG), StubTables.done(ETAG)));

			assertThat(await(submitTwo()).size()).isEqualTo(2);
			assertThat(this.stub.requests()).hasSize(4).allSatisfy((request) -> {
				assertThat(request.uri()).isEqualTo("/$batch");
				assertThat(request.body()).isEqualTo(this.stub.requests().get(0).body());
				assertThat(request.headers()).containsKeys("x-ms-date", "authorization", "content-length");
			});
		}

		@Test
		@Requirement("T29")
		void givesUpWithTheInnerStatusAfterAllRetries() {
			for (int i = 0; i < 4; i++) {
				this.stub.batch(StubTables.changes("\r\n",
						StubTables.refused("503 Service Unavailable", "Retry-After: 0\r\n", "ServerBusy", "1:Busy.")));
			}

			StepVerifier.create(submitTwo())
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
					.hasCauseInstanceOf(ThrottledException.class)
					.hasMessageContaining("503 ServerBusy")
					.hasMessageContaining("request id outer")
					.hasMessageContaining("4 tries")
					.extracting("operationIndex")
					.isEqualTo(1));
		}

		@Test
		void admitsThatTheServiceDoesNotSayWhichOperationFailed() {
			this.stub.batch(StubTables.changes("\r\n",
					StubTables.refused("400 Bad Request", "", "PropertyValueTooLarge", "The property value exceeds")));

			StepVerifier.create(submitTwo())
				.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
					.hasMessageContaining("the service does not say which operation")
					.extracting("operationIndex", "key")
					.containsOnlyNulls());
		}

		@Test
		void leavesRefusalsOfTheWholeRequestAsTheyAre() {
			this.stub.answer(413, Map.of(), "")
				.answer(400, Map.of("Content-Type", "application/json"),
						"{\"odata.error\":{\"code\":\"InvalidInput\",\"message\":{\"value\":\"no\"}}}");

			StepVerifier.create(submitTwo()).verifyError(TooLargeException.class);
			StepVerifier.create(submitTwo())
				.verifyErrorSatisfies((error) -> assertThat(error).isExactlyInstanceOf(InvalidRequestException.class));
		}

		@Test
		void neverTakesACutAnswerForASuccess() {
			String whole = StubTables.changes("\r\n", StubTables.done(ETAG), StubTables.done(ETAG));
			for (int length = 0; length < whole.length() - 4; length += 7) {
				this.stub.batch(whole.substring(0, length));

				StepVerifier.create(submitTwo())
					.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(OutcomeUnknownException.class))
					.verify(Duration.ofSeconds(10));
			}
		}

		@Test
		void endsOnGarbledAnswersWithATypedErrorOrARightValue() {
			String whole = StubTables.changes("\r\n", StubTables.done(ETAG), StubTables.done(ETAG));
			Random random = new Random(815);
			for (int i = 0; i < 300; i++) {
				StringBuilder garbled = new StringBuilder(whole);
				garbled.setCharAt(random.nextInt(whole.length()), (char) (random.nextInt(94) + 32));
				// A status that becomes a passing one is tried again.
				this.stub.batch(garbled.toString())
					.batch(garbled.toString())
					.batch(garbled.toString())
					.batch(garbled.toString());

				TransactionResult result = submitTwo().onErrorResume(AzureException.class, (error) -> Mono.empty())
					.block(Duration.ofSeconds(10));

				assertThat(result == null || result.size() == 2).isTrue();
				while (this.stub.discard()) {
					// What was not asked for must not answer the next.
				}
			}
		}

		@Test
		void readsFromRandomAnswersWhatAPlainReaderDoes() {
			Random random = new Random(816);
			for (int i = 0; i < 100; i++) {
				String[] parts = new String[1 + random.nextInt(20)];
				TableTransaction<TableEntity> transaction = this.table.transaction();
				for (int part = 0; part < parts.length; part++) {
					parts[part] = randomPart(random);
					transaction = transaction.insert(TableEntity.builder("p", "r" + part).build());
				}
				String answer = StubTables.changes(lineEnd(random), parts);
				this.stub.batch(answer);

				TransactionResult result = transaction.submit().block(Duration.ofSeconds(10));

				assertThat(result).isNotNull();
				assertThat(result.etags()).extracting((etag) -> (etag != null) ? etag.value() : null)
					.isEqualTo(plainETags(answer));
			}
		}

		private static String randomPart(Random random) {
			List<String> headers = new ArrayList<>(
					List.of("X-Content-Type-Options: nosniff", "Cache-Control: no-cache", "DataServiceVersion: 3.0;",
							"Location: http://127.0.0.1/orders(PartitionKey='p',RowKey='ETag: x')"));
			String name = List.of("ETag", "etag", "ETAG").get(random.nextInt(3));
			headers.add(name + ":" + " ".repeat(random.nextInt(3)) + "W/\"" + random.nextInt(4) + "\"");
			Collections.shuffle(headers, random);
			StringBuilder part = new StringBuilder("HTTP/1.1 204 No Content" + lineEnd(random));
			headers.forEach((header) -> part.append(header).append(lineEnd(random)));
			return part + lineEnd(random).repeat(1 + random.nextInt(3)) + "\r\n";
		}

		private static String lineEnd(Random random) {
			return random.nextBoolean() ? "\r\n" : "\n";
		}

		private static List<String> plainETags(String answer) {
			return answer.lines()
				.filter((line) -> line.regionMatches(true, 0, "etag:", 0, 5))
				.map((line) -> line.substring(5).trim())
				.toList();
		}

		@Test
		void refusesAnswersThatDoNotFitTheOperations() {
			this.stub.batch(StubTables.changes("\r\n", StubTables.done(ETAG)))
				.batch(StubTables.changes("\r\n", StubTables.done(ETAG), StubTables.done(ETAG), StubTables.done(ETAG)))
				.batch(StubTables.changes("\r\n", StubTables.done(ETAG), "HTTP/1.1 204 No Content\r\n\r\n\r\n"))
				.answer(202, Map.of("Content-Type", "application/json"), "{}");

			for (int i = 0; i < 4; i++) {
				StepVerifier.create(submitTwo()).verifyError(OutcomeUnknownException.class);
			}
		}

	}

	@Nested
	class AfterALostAnswer {

		private final FaultPlan faults = FaultPlan.create();

		private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).faults(this.faults).start();

		private final TableServiceClient client = TableServiceClient.builder()
			.connectionString(this.emulator.tablesConnectionString())
			.options(IMPATIENT)
			.build();

		private final TableClient table = this.client.getTableClient("orders");

		AfterALostAnswer() {
			this.client.createTable("orders").block();
		}

		@AfterEach
		void close() {
			this.client.close();
			this.emulator.close();
		}

		private FaultPlan.Rule firstBatch() {
			return this.faults.when(FaultPlan.TABLES).path((path) -> path.endsWith("$batch")).first(1);
		}

		@Test
		void takesItsOwnTransactionForASuccess() {
			TableEntity old = await(this.table.insert(TableEntity.builder("p", "old").put("n", 1).build()));
			TableEntity doomed = await(this.table.insert(TableEntity.builder("p", "doomed").build()));
			firstBatch().dropAfter();

			TransactionResult result = await(this.table.transaction()
				.insert(TableEntity.builder("p", "new").put("n", 2).build())
				.replace(old.toBuilder().put("n", 2).build())
				.delete(doomed)
				.submit());

			assertThat(result.etag(0)).isEqualTo(await(this.table.get("p", "new")).etag());
			assertThat(result.etag(1)).isEqualTo(await(this.table.get("p", "old")).etag());
			assertThat(result.etag(2)).isNull();
			assertThat(result.entities(TableEntity.class)).extracting(TableEntity::etag)
				.containsExactly(result.etag(0), result.etag(1));
		}

		@Test
		void takesItsOwnTransactionForASuccessAfterACutAnswer() {
			firstBatch().truncate();

			TransactionResult result = await(
					this.table.transaction().insert(TableEntity.builder("p", "new").put("n", 2).build()).submit());

			assertThat(result.etag(0)).isEqualTo(await(this.table.get("p", "new")).etag());
		}

		@Test
		void doesNotClaimWhatSomebodyElseWrote() {
			this.table.insert(TableEntity.builder("p", "taken").put("n", 1).build()).block();
			firstBatch().dropBefore();

			StepVerifier
				.create(this.table.transaction()
					.insert(TableEntity.builder("p", "new").put("n", 2).build())
					.insert(TableEntity.builder("p", "taken").put("n", 2).build())
					.submit())
				.verifyErrorSatisfies((error) -> assertThat(error.getClass()).isIn(OutcomeUnknownException.class,
						TransactionFailedException.class));
			StepVerifier.create(this.table.get("p", "new")).verifyComplete();
		}

		@Test
		void takesItsOwnTransactionForASuccessWhenToldThatAnEntityChangedOrIsGone() {
			TableEntity changed = await(this.table.insert(TableEntity.builder("p", "changed").put("n", 1).build()));
			TableEntity doomed = await(this.table.insert(TableEntity.builder("p", "doomed").build()));
			firstBatch().dropAfter();

			TransactionResult merged = await(this.table.transaction()
				.merge(TableEntity.builder("p", "changed").put("m", 2).etag(changed.etag()).build())
				.submit());
			assertThat(merged.etag(0)).isEqualTo(await(this.table.get("p", "changed")).etag());

			this.faults.clear();
			firstBatch().dropAfter();
			TransactionResult deleted = await(this.table.transaction()
				.delete(doomed)
				.upsert(TableEntity.builder("p", "new").put("n", 3).build(), UpdateMode.REPLACE)
				.submit());
			assertThat(deleted.etag(1)).isEqualTo(await(this.table.get("p", "new")).etag());
		}

		@Test
		void letsTheRefusalStandWhereARowIsOlderThanTheTransaction() {
			MovableClock clock = MovableClock.startingAt(Instant.now());
			try (AzureEmulator late = AzureEmulator.builder().eventGrid(false).faults(this.faults).clock(clock).start();
					TableServiceClient other = TableServiceClient.builder()
						.connectionString(late.tablesConnectionString())
						.options(IMPATIENT)
						.build()) {
				other.createTable("orders").block();
				TableClient orders = other.getTableClient("orders");
				orders.insert(TableEntity.builder("p", "taken").put("n", 2).build()).block();
				clock.advance(Duration.ofMinutes(5));
				firstBatch().dropBefore();

				StepVerifier
					.create(orders.transaction().insert(TableEntity.builder("p", "taken").put("n", 2).build()).submit())
					.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
						.hasCauseInstanceOf(AlreadyExistsException.class)
						.extracting("operationIndex")
						.isEqualTo(0));
			}
		}

		@Test
		void admitsThatRowsWhichAreGoneDoNotSayWhoTookThem() {
			TableEntity doomed = await(this.table.insert(TableEntity.builder("p", "doomed").build()));
			firstBatch().dropAfter();

			StepVerifier.create(this.table.transaction().delete(doomed).submit())
				.verifyError(OutcomeUnknownException.class);
		}

	}

}
