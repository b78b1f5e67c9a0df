package dev.reactiveazure.tables;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.RetryOptions;
import dev.reactiveazure.core.TooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The client's side of each edge case of the protocol, by its number.
 */
class EdgeCaseTests {

	private static final String ETAG = "W/\"datetime'2023-04-11T21%3A16%3A39.2285628Z'\"";

	private static final String KEYS = "\"PartitionKey\":\"p\",\"RowKey\":\"r\"";

	private final StubTables stub = new StubTables();

	private final TableServiceClient client = TableServiceClient.builder()
		.endpoint(this.stub.address())
		.credential(new SharedKey("shop", "c2VjcmV0"))
		.options(ClientOptions.defaults().withRetry(RetryOptions.none()))
		.build();

	private final TableClient table = this.client.getTableClient("orders");

	@AfterEach
	void close() {
		this.client.close();
		this.stub.close();
	}

	private void page(String rows, Map<String, String> headers) {
		this.stub.answer(200, headers, "{\"value\":[" + rows + "]}");
	}

	private void written() {
		this.stub.answer(204, Map.of("ETag", ETAG), "");
	}

	private TableEntity read(String properties) {
		this.stub.answer(200, Map.of("ETag", ETAG), "{" + KEYS + properties + "}");
		return await(this.table.get("p", "r"));
	}

	private static String error(String code, String text) {
		return "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + text
				+ "\"}}}";
	}

	private static String failedPart(String code, String text) {
		return "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
				+ "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
				+ "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\n\r\n" + error(code, text)
				+ "\r\n--c--\r\n--batchresponse_1--\r\n";
	}

	private String uri(int request) {
		return this.stub.requests().get(request).uri();
	}

	private String sent() {
		return this.stub.requests().get(this.stub.requests().size() - 1).body();
	}

	private TableEntity.Builder entity() {
		return TableEntity.builder("p", "r");
	}

	@Test
	@EdgeCase(1)
	void emptyPageWithContinuation() {
		page("", Map.of("x-ms-continuation-NextPartitionKey", "1!4!cA--"));
		page("{" + KEYS + "}", Map.of());
		assertThat(await(this.table.query(TableQuery.all()).count())).isOne();
	}

	@Test
	@EdgeCase(2)
	@Requirement("T22")
	void nextPartitionKeyWithoutNextRowKey() {
		page("", Map.of("x-ms-continuation-NextPartitionKey", "1!4!cA--"));
		page("", Map.of());
		this.table.query(TableQuery.all()).blockLast();
		assertThat(uri(1)).contains("NextPartitionKey=1%214%21cA--").doesNotContain("NextRowKey");
	}

	@Test
	@EdgeCase(3)
	@Requirement("T20")
	void topIsAPageSizeAndNoLimit() {
		page("{" + KEYS + "}", Map.of("x-ms-continuation-NextPartitionKey", "a"));
		page("{" + KEYS + "}", Map.of("x-ms-continuation-NextPartitionKey", "b"));
		assertThat(await(this.table.query(TableQuery.all().pageSize(1).limit(2)).count())).isEqualTo(2);
		assertThat(uri(0)).contains("$top=1");
		assertThat(this.stub.requests()).hasSize(2);
	}

	@Test
	@EdgeCase(4)
	void missingEntityIsNothingAndMissingTableAnError() {
		this.stub.answer(404, Map.of(), error("ResourceNotFound", "x"));
		assertThat(this.table.get("p", "r").blockOptional()).isEmpty();
		this.stub.answer(404, Map.of(), error("TableNotFound", "x"));
		StepVerifier.create(this.table.get("p", "r")).verifyError(NotFoundException.class);
		this.stub.answer(404, Map.of(), error("ResourceNotFound", "x"));
		assertThat(await(this.client.deleteTable("orders"))).isFalse();
	}

	@Test
	@EdgeCase(5)
	void errorCodeIsReadFromTheBody() {
		this.stub.answer(409, Map.of(), error("EntityAlreadyExists", "x"));
		StepVerifier.create(this.table.insert(entity().build()))
			.expectErrorSatisfies((error) -> assertThat(((AlreadyExistsException) error).error().code())
				.isEqualTo("EntityAlreadyExists"))
			.verify();
	}

	@Test
	@EdgeCase(6)
	void guardedUpdateIsNeverSentWithoutIfMatch() {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.replace(entity().build()).block());
		written();
		this.table.replace(entity().build(), MatchCondition.any()).block();
		assertThat(this.stub.requests()).singleElement()
			.satisfies((request) -> assertThat(request.headers()).containsEntry("if-match", "*"));
	}

	@Test
	@EdgeCase(7)
	void deleteAlwaysHasIfMatch() {
		assertThatExceptionOfType(InvalidEntityException.class)
			.isThrownBy(() -> this.table.delete(entity().build()).block());
		this.stub.answer(204, Map.of(), "");
		this.table.delete(TableKey.of("p", "r"), MatchCondition.any()).block();
		assertThat(this.stub.requests().get(0).headers()).containsEntry("if-match", "*");
	}

	@Test
	@EdgeCase(8)
	void singleQuotesInKeysAreDoubledAndEncoded() {
		this.stub.answer(404, Map.of(), error("ResourceNotFound", "x"));
		this.table.get("it's", "a b+c%").block();
		assertThat(uri(0)).isEqualTo("/orders(PartitionKey='it%27%27s',RowKey='a%20b%2Bc%25')");
	}

	@Test
	@EdgeCase(9)
	void onlyTheDateThatIsSignedIsSent() {
		this.stub.answer(404, Map.of(), error("ResourceNotFound", "x"));
		this.table.get("p", "r").block();
		assertThat(this.stub.requests().get(0).headers()).containsKey("x-ms-date").doesNotContainKey("date");
	}

	@Test
	@EdgeCase(12)
	void contentTypeArrivesAsItWasSigned() {
		written();
		this.table.insert(entity().build()).block();
		assertThat(this.stub.requests().get(0).headers()).containsEntry("content-type",
				"application/json;odata=nometadata");
	}

	@Test
	@EdgeCase(13)
	void int64IsTextWithATypeAndAPlainIntegerInt32() {
		written();
		this.table.insert(entity().put("l", 5L).put("i", 5).build()).block();
		assertThat(sent()).contains("\"l@odata.type\":\"Edm.Int64\"", "\"l\":\"5\"", "\"i\":5");
		assertThat(read(",\"l@odata.type\":\"Edm.Int64\",\"l\":\"5\",\"i\":5").properties()).containsEntry("l", 5L)
			.containsEntry("i", 5);
	}

	@Test
	@EdgeCase(14)
	void wholeDoublesStayDoubles() {
		written();
		this.table.insert(entity().put("d", 5.0).build()).block();
		assertThat(sent()).containsPattern("\"d\":5\\.0|\"d@odata.type\":\"Edm.Double\"");
		assertThat(read(",\"d\":5.0").get("d")).isEqualTo(5.0);
	}

	@Test
	@EdgeCase(15)
	void notANumberAndInfinitiesAreTextWithAType() {
		written();
		this.table.insert(entity().put("d", Double.NEGATIVE_INFINITY).build()).block();
		assertThat(sent()).contains("\"d@odata.type\":\"Edm.Double\"", "\"d\":\"-Infinity\"");
		assertThat(read(",\"d@odata.type\":\"Edm.Double\",\"d\":\"NaN\",\"s\":\"NaN\"").properties())
			.containsEntry("d", Double.NaN)
			.containsEntry("s", "NaN");
	}

	@Test
	@EdgeCase(16)
	void typesMayComeBehindValuesAndUnknownAnnotationsAreNoProperties() {
		assertThat(read(",\"l\":\"5\",\"l@odata.type\":\"Edm.Int64\",\"l@odata.other\":{\"a\":[1]},\"odata.x\":[{}]")
			.properties()).containsOnlyKeys("l").containsEntry("l", 5L);
	}

	@Test
	@EdgeCase(17)
	void momentsKeepSevenDigits() {
		Instant moment = Instant.parse("2026-01-01T00:00:00.1234567Z");
		written();
		this.table.insert(entity().put("t", moment).build()).block();
		assertThat(sent()).contains("2026-01-01T00:00:00.1234567Z");
		assertThat(read(",\"t@odata.type\":\"Edm.DateTime\",\"t\":\"2026-01-01T00:00:00.1234567Z\"").get("t"))
			.isEqualTo(moment);
		assertThat(EdmType.DATE_TIME.literal(moment)).isEqualTo("datetime'2026-01-01T00:00:00.1234567Z'");
	}

	@Test
	@EdgeCase(18)
	void etagIsKeptVerbatim() {
		written();
		assertThat(await(this.table.insert(entity().build())).etag()).isEqualTo(ETag.of(ETAG));
		assertThat(read(",\"odata.etag\":\"W/\\\"datetime'2023-04-11T21%3A16%3A39.2285628Z'\\\"\"").etag())
			.isEqualTo(ETag.of(ETAG));
	}

	@Test
	@EdgeCase(19)
	void ifMatchIsSentRaw() {
		written();
		this.table.replace(entity().etag(ETag.of(ETAG)).build()).block();
		assertThat(this.stub.requests().get(0).headers()).containsEntry("if-match", ETAG);
	}

	@Test
	@EdgeCase(20)
	void nullsAreNotSent() {
		written();
		this.table.insert(entity().put("gone", null).put("kept", 1).build()).block();
		assertThat(sent()).doesNotContain("gone").contains("kept");
	}

	@Test
	@EdgeCase(21)
	void selectedNullIsAbsent() {
		assertThat(read(",\"absent\":null,\"n\":1").properties()).containsOnlyKeys("n");
	}

	@Test
	@EdgeCase(23)
	void literalsAreOfTheirValuesType() {
		assertThat(EdmType.INT32.literal(3)).isEqualTo("3");
		assertThat(EdmType.INT64.literal(3L)).isEqualTo("3L");
		assertThat(EdmType.DOUBLE.literal(3.0)).isEqualTo("3.0");
		assertThatIllegalArgumentException().isThrownBy(() -> EdmType.INT64.literal(3));
	}

	@Test
	@EdgeCase(26)
	void emptyKeysAreKeys() {
		this.stub.answer(200, Map.of(), "{\"PartitionKey\":\"\",\"RowKey\":\"\",\"n\":1}");
		assertThat(await(this.table.get("", "")).key()).isEqualTo(TableKey.of("", ""));
		assertThat(uri(0)).isEqualTo("/orders(PartitionKey='',RowKey='')");
	}

	@Test
	@EdgeCase(27)
	void overlongKeysAreRefusedByName() {
		assertRefusedUnsent(this.table.get("p", "r".repeat(513)), "RowKey");
	}

	@Test
	@EdgeCase(28)
	void forbiddenCharactersAreRefusedByName() {
		for (String key : List.of("a/b", "a\\b", "a#b", "a?b", "a\u0001b", "a\u0085b")) {
			assertRefusedUnsent(this.table.insert(TableEntity.builder(key, "r").build()), "PartitionKey");
			assertRefusedUnsent(this.table.get(key, "r"), "PartitionKey");
		}
	}

	private void assertRefusedUnsent(Mono<?> call, String property) {
		StepVerifier.create(call)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidEntityException.class)
				.hasMessageContaining(property))
			.verify();
		assertThat(this.stub.requests()).isEmpty();
	}

	@Test
	@EdgeCase(29)
	void acceptedBatchMayHaveFailed() {
		this.stub.batch(failedPart("EntityAlreadyExists", "0:The specified entity already exists."));
		StepVerifier.create(this.table.transaction().insert(entity().build()).submit())
			.verifyError(TransactionFailedException.class);
	}

	@Test
	@EdgeCase(30)
	void failedBatchMayNotSayWhichOperationItWas() {
		this.stub.batch(failedPart("PropertyValueTooLarge", "The property value exceeds"));
		StepVerifier.create(this.table.transaction().insert(entity().build()).submit())
			.expectErrorSatisfies((error) -> assertThat(((TransactionFailedException) error).operationIndex()).isNull())
			.verify();
	}

	@Test
	@EdgeCase(31)
	void batchAnswersMixLineEndsAndBlankLines() {
		this.stub.batch("\n--batchresponse_1\nContent-Type: multipart/mixed; boundary=\"c\"\n\n--c\n"
				+ "Content-Type: application/http\nContent-Transfer-Encoding: binary\n\n\n"
				+ "HTTP/1.1 204 No Content\r\nETag: " + ETAG + "\r\n\r\n\n--c--\n--batchresponse_1--\n");
		TransactionResult result = await(this.table.transaction().insert(entity().build()).submit());
		assertThat(result.etag(0)).isEqualTo(ETag.of(ETAG));
	}

	@Test
	@EdgeCase(32)
	void batchThatIsTooLargeIsOneError() {
		this.stub.answer(413, Map.of(), error("RequestBodyTooLarge", "x"));
		StepVerifier.create(this.table.transaction().insert(entity().build()).submit())
			.verifyError(TooLargeException.class);
	}

	@Test
	@EdgeCase(33)
	void xmlMayBeginWithAByteOrderMark() {
		this.stub.answer(200, Map.of("Content-Type", "application/xml"),
				"\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><SignedIdentifiers><SignedIdentifier><Id>one</Id>"
						+ "</SignedIdentifier></SignedIdentifiers>");
		assertThat(await(this.table.getAccessPolicies())).hasSize(1);
	}

	@Test
	@EdgeCase(34)
	void statisticsAreAskedOfTheSecondary() {
		try (StubTables secondary = new StubTables();
				TableServiceClient both = TableServiceClient.builder()
					.endpoint(this.stub.address())
					.secondaryEndpoint(secondary.address())
					.credential(new SharedKey("shop", "c2VjcmV0"))
					.build()) {
			secondary.answer(200, Map.of("Content-Type", "application/xml"),
					"\uFEFF<?xml version=\"1.0\"?><StorageServiceStats><GeoReplication><Status>live</Status>"
							+ "<LastSyncTime>Wed, 19 Aug 2020 21:13:07 GMT</LastSyncTime></GeoReplication>"
							+ "</StorageServiceStats>");
			assertThat(await(both.getStatistics())).isNotNull();
			assertThat(secondary.requests()).hasSize(1);
			assertThat(this.stub.requests()).isEmpty();
		}
	}

	@Test
	@EdgeCase(35)
	void tableThatIsBeingDeletedDoesNotExist() {
		this.stub.answer(409, Map.of(), error("TableBeingDeleted", "The specified table is being deleted."));
		StepVerifier.create(this.client.createTableIfAbsent("orders"))
			.expectErrorSatisfies((error) -> assertThat(error).hasMessageContaining("TableBeingDeleted"))
			.verify();
	}

	@Test
	void hasEveryEdgeCaseThatAClientDecides() {
		List<Integer> numbers = new ArrayList<>();
		for (Method method : EdgeCaseTests.class.getDeclaredMethods()) {
			EdgeCase edgeCase = method.getAnnotation(EdgeCase.class);
			if (edgeCase != null) {
				numbers.add(edgeCase.value());
			}
		}
		List<Integer> ofTheServiceAlone = List.of(10, 11, 22, 24, 25);
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(
				IntStream.rangeClosed(1, 35).boxed().filter((number) -> !ofTheServiceAlone.contains(number)).toList());
	}

}
