package dev.reactiveazure.emulator.tables;

import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service's side of each edge case of the protocol, by its number.
 */
class EdgeCaseTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43.1234567Z");

	private static final String NEXT_PARTITION = "x-ms-continuation-NextPartitionKey";

	private static final String NEXT_ROW = "x-ms-continuation-NextRowKey";

	private static final String ONE = "/orders(PartitionKey='p',RowKey='r')";

	private final MovableClock clock = MovableClock.startingAt(NOW);

	private final AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).clock(this.clock).start();

	private final SignedClient client = new SignedClient(this.emulator.tablesEndpoint(), NOW);

	@BeforeEach
	void createTable() {
		this.client.write("POST", "/Tables", "{\"TableName\":\"Orders\"}");
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	private HttpResponse<String> insert(String partition, String row, String properties) {
		return this.client.write("POST", "/orders",
				"{\"PartitionKey\":\"" + partition + "\",\"RowKey\":\"" + row + "\"" + properties + "}");
	}

	private HttpResponse<String> one() {
		return this.client.send("GET", ONE);
	}

	private int matches(String filter) {
		String body = this.client
			.send("GET", "/orders()?$select=RowKey&$filter=" + filter.replace(" ", "%20"), "Accept",
					"application/json;odata=nometadata")
			.body();
		return body.split("RowKey", -1).length - 1;
	}

	private static String batch(String... operations) {
		StringBuilder body = new StringBuilder("--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n");
		for (String operation : operations) {
			body.append("--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
				.append(operation)
				.append("\r\n");
		}
		return body.append("--c--\r\n\r\n--b--\r\n").toString();
	}

	private HttpResponse<String> submit(String body) {
		return this.client.write("POST", "/$batch", body, "Content-Type", "multipart/mixed; boundary=b");
	}

	private String insertion(String row) {
		return "POST " + this.emulator.tablesEndpoint() + "/orders HTTP/1.1\r\nContent-Type: application/json\r\n\r\n"
				+ "{\"PartitionKey\":\"p\",\"RowKey\":\"" + row + "\"}";
	}

	@Test
	@EdgeCase(1)
	void emptyPageWithContinuation() {
		insert("p", "r", "");
		this.emulator.tables().emptyPages(true);
		HttpResponse<String> empty = this.client.send("GET", "/orders()");
		assertThat(empty.body()).endsWith("\"value\":[]}");
		assertThat(empty.headers().firstValue(NEXT_PARTITION)).isPresent();
	}

	@Test
	@EdgeCase(2)
	void nextPartitionKeyWithoutNextRowKey() {
		insert("a", "1", "");
		insert("b", "", "");
		HttpResponse<String> page = this.client.send("GET", "/orders()?$top=1");
		assertThat(page.headers().firstValue(NEXT_ROW)).isEmpty();
		String token = page.headers().firstValue(NEXT_PARTITION).orElseThrow();
		assertThat(this.client.send("GET", "/orders()?NextPartitionKey=" + token).statusCode()).isEqualTo(200);
		assertThat(this.client.send("GET", "/orders()?NextPartitionKey=" + token + "&NextRowKey=").statusCode())
			.isEqualTo(400);
	}

	@Test
	@EdgeCase(3)
	void topIsAPageSizeAndNoLimit() {
		insert("p", "1", "");
		insert("p", "2", "");
		assertThat(this.client.send("GET", "/orders()?$top=1").headers().firstValue(NEXT_PARTITION)).isPresent();
	}

	@Test
	@EdgeCase(4)
	void missingEntityAndMissingTableHaveTheirCodes() {
		assertThat(one().body()).contains("\"ResourceNotFound\"");
		assertThat(this.client.send("GET", "/absent(PartitionKey='p',RowKey='r')").body())
			.contains("\"TableNotFound\"");
		assertThat(this.client.send("DELETE", "/Tables('absent')").body()).contains("\"ResourceNotFound\"");
	}

	@Test
	@EdgeCase(5)
	void jsonErrorsHaveNoCodeInAHeader() {
		assertThat(one().headers().firstValue("x-ms-error-code")).isEmpty();
	}

	@Test
	@EdgeCase(6)
	void changesWithoutIfMatchAreUpserts() {
		assertThat(this.client.write("PUT", ONE, "{\"n\":1}").statusCode()).isEqualTo(204);
		assertThat(this.client.write("MERGE", ONE, "{\"m\":1}").statusCode()).isEqualTo(204);
		assertThat(one().body()).contains("\"n\":1", "\"m\":1");
	}

	@Test
	@EdgeCase(7)
	void deleteWithoutIfMatchIsAnError() {
		insert("p", "r", "");
		assertThat(this.client.send("DELETE", ONE).statusCode()).isEqualTo(400);
		assertThat(one().statusCode()).isEqualTo(200);
	}

	@Test
	@EdgeCase(8)
	void singleQuotesInKeysAreDoubledEncodedAndSignedEncoded() {
		insert("it's", "'", "");
		assertThat(this.client.send("GET", "/orders(PartitionKey='it%27%27s',RowKey='%27%27')").statusCode())
			.isEqualTo(200);
		assertThat(this.client.send("GET", "/orders(PartitionKey='it''s',RowKey='''')").statusCode()).isEqualTo(200);
	}

	@Test
	@EdgeCase(9)
	void sharedKeySignsTheDateAndOfTheQueryOnlyComp() {
		assertThat(this.client.send("GET", "/orders()?$top=1&timeout=5", "x-ms-extra", "unsigned").statusCode())
			.isEqualTo(200);
		assertThat(this.client.send("GET", "/orders?comp=acl&timeout=5").statusCode()).isEqualTo(403);
		assertThat(this.client.send("GET", "/orders?timeout=5&comp=acl").statusCode()).isEqualTo(200);
	}

	@Test
	@EdgeCase(10)
	void pathStyleResourceContainsTheAccountTwice() {
		EmulatorRequest once = listing("SharedKeyLite", date() + "\n/devstoreaccount1/Tables");
		EmulatorRequest twice = listing("SharedKeyLite", date() + "\n/devstoreaccount1/devstoreaccount1/Tables");
		assertThat(handle(this.emulator.tables(), once).status()).isEqualTo(403);
		assertThat(handle(this.emulator.tables(), twice).status()).isEqualTo(200);
	}

	@Test
	@EdgeCase(11)
	void bothSignatureSchemesAreTaken() {
		EmulatorRequest lite = listing("SharedKeyLite", date() + "\n/devstoreaccount1/devstoreaccount1/Tables");
		EmulatorRequest full = listing("SharedKey",
				"GET\n\n\n" + date() + "\n/devstoreaccount1/devstoreaccount1/Tables");
		assertThat(handle(this.emulator.tables(), lite).status()).isEqualTo(200);
		assertThat(handle(this.emulator.tables(), full).status()).isEqualTo(200);
	}

	@Test
	@EdgeCase(12)
	void aContentTypeThatWasChangedBreaksTheSignature() {
		String text = "POST\n\napplication/json\n" + date() + "\n/devstoreaccount1/devstoreaccount1/Tables";
		Headers headers = Headers.NONE.with("x-ms-date", date())
			.with("Content-Type", "application/json;charset=utf-8")
			.with("Authorization", "SharedKey devstoreaccount1:" + SignedClient.hmac(text));
		EmulatorRequest request = EmulatorRequest.of("POST", "/devstoreaccount1/Tables", headers,
				"{\"TableName\":\"another\"}");
		assertThat(handle(this.emulator.tables(), request).status()).isEqualTo(403);
	}

	@Test
	@EdgeCase(13)
	void int64IsTextWithATypeAndAPlainIntegerInt32() {
		insert("p", "r", ",\"l@odata.type\":\"Edm.Int64\",\"l\":\"5\",\"i\":5");
		assertThat(one().body()).contains("\"l@odata.type\":\"Edm.Int64\",\"l\":\"5\"", "\"i\":5")
			.doesNotContain("i@odata.type");
	}

	@Test
	@EdgeCase(14)
	void wholeDoublesKeepTheirFractionAndHaveNoType() {
		insert("p", "r", ",\"d\":5.0,\"e@odata.type\":\"Edm.Double\",\"e\":5");
		assertThat(one().body()).contains("\"d\":5.0", "\"e\":5.0").doesNotContain("Edm.Double");
	}

	@Test
	@EdgeCase(15)
	void notANumberAndInfinitiesAreTextWithAType() {
		insert("p", "r", ",\"a@odata.type\":\"Edm.Double\",\"a\":\"NaN\",\"b@odata.type\":\"Edm.Double\","
				+ "\"b\":\"-Infinity\"");
		assertThat(one().body()).contains("\"a@odata.type\":\"Edm.Double\",\"a\":\"NaN\"",
				"\"b@odata.type\":\"Edm.Double\",\"b\":\"-Infinity\"");
	}

	@Test
	@EdgeCase(16)
	void typesMayComeBehindValuesAndUnknownAnnotationsAreNoProperties() {
		insert("p", "r", ",\"l\":\"5\",\"l@odata.type\":\"Edm.Int64\",\"x@odata.mediaType\":\"y\"");
		assertThat(one().body()).contains("\"l@odata.type\":\"Edm.Int64\",\"l\":\"5\"").doesNotContain("mediaType");
	}

	@Test
	@EdgeCase(17)
	void momentsHaveSevenDigitsWithoutTrailingZeros() {
		insert("p", "r",
				",\"a@odata.type\":\"Edm.DateTime\",\"a\":\"2026-01-01T00:00:00.1234567Z\","
						+ "\"b@odata.type\":\"Edm.DateTime\",\"b\":\"2026-01-01T00:00:00.1200000Z\","
						+ "\"c@odata.type\":\"Edm.DateTime\",\"c\":\"2026-01-01T00:00:00.0000000Z\"");
		assertThat(one().body()).contains("\"a\":\"2026-01-01T00:00:00.1234567Z\"", "\"b\":\"2026-01-01T00:00:00.12Z\"",
				"\"c\":\"2026-01-01T00:00:00Z\"", "\"Timestamp\":\"2026-04-23T18:25:43.1234567Z\"");
		assertThat(matches("Timestamp eq datetime'2026-04-23T18:25:43.1234567Z'")).isOne();
		assertThat(matches("Timestamp eq datetime'2026-04-23T18:25:43.123456Z'")).isZero();
	}

	@Test
	@EdgeCase(18)
	void etagIsWeakWithEncodedColons() {
		assertThat(insert("p", "r", "").headers().firstValue("ETag"))
			.hasValue("W/\"datetime'2026-04-23T18%3A25%3A43.1234567Z'\"");
	}

	@Test
	@EdgeCase(19)
	void ifMatchIsTakenRaw() {
		insert("p", "r", "");
		assertThat(this.client.write("PUT", ONE, "{}", "If-Match", "W/\"datetime'2026-04-23T18%3A25%3A43.1234567Z'\"")
			.statusCode()).isEqualTo(204);
		assertThat(this.client.write("PUT", ONE, "{}", "If-Match", "W/\"datetime'2026-04-23T18:25:43.1234567Z'\"")
			.statusCode()).isEqualTo(412);
	}

	@Test
	@EdgeCase(20)
	void nullsAreDroppedOnInsertKeptByMergeAndGoneByReplace() {
		insert("p", "r", ",\"a\":null,\"b\":1,\"c\":2");
		assertThat(one().body()).doesNotContain("\"a\"");
		this.client.write("MERGE", ONE, "{\"b\":null}", "If-Match", "*");
		assertThat(one().body()).contains("\"b\":1");
		this.client.write("PUT", ONE, "{\"b\":null,\"c\":2}", "If-Match", "*");
		assertThat(one().body()).doesNotContain("\"b\"").contains("\"c\":2");
	}

	@Test
	@EdgeCase(21)
	void selectedAbsentPropertyIsNull() {
		insert("p", "r", "");
		assertThat(this.client.send("GET", ONE + "?$select=absent").body()).contains("\"absent\":null");
		assertThat(this.client.send("GET", "/orders()?$select=absent").body()).contains("\"absent\":null");
	}

	@Test
	@EdgeCase(22)
	void neDoesNotMatchAbsenceButNotEqDoes() {
		insert("p", "r", "");
		assertThat(matches("x ne 1")).isZero();
		assertThat(matches("not (x eq 1)")).isOne();
	}

	@Test
	@EdgeCase(23)
	void literalsTypeDecidesEquality() {
		insert("p", "r", ",\"i\":3,\"l@odata.type\":\"Edm.Int64\",\"l\":\"3\"");
		assertThat(matches("i eq 3L")).isZero();
		assertThat(matches("l eq 3")).isOne();
	}

	@Test
	@EdgeCase(24)
	void mismatchedTypesAreLessAndNeverGreater() {
		insert("p", "r", ",\"i\":3");
		assertThat(matches("i lt 'a' and i le 'a'")).isOne();
		assertThat(matches("i gt 'a' or i ge 'a'")).isZero();
	}

	@Test
	@EdgeCase(25)
	void tableNamesKeepTheirCaseAndAreFoundInAny() {
		assertThat(this.client.send("GET", "/Tables").body()).contains("\"TableName\":\"Orders\"");
		assertThat(this.client.send("GET", "/oRDERS()").statusCode()).isEqualTo(200);
	}

	@Test
	@EdgeCase(26)
	void emptyKeysAreKeys() {
		insert("", "", ",\"n\":1");
		assertThat(this.client.send("GET", "/orders(PartitionKey='',RowKey='')").body())
			.contains("\"PartitionKey\":\"\",\"RowKey\":\"\"");
	}

	@Test
	@EdgeCase(27)
	void overlongKeysArePropertyValueTooLarge() {
		assertThat(insert("p".repeat(2048), "r", "").body()).contains("\"PropertyValueTooLarge\"");
	}

	@Test
	@EdgeCase(28)
	void forbiddenCharactersHaveOtherCodesInBodyAndAddress() {
		assertThat(insert("a/b", "r", "").body()).contains("\"OutOfRangeInput\"", "The 'PartitionKey' parameter");
		assertThat(this.client.send("GET", "/orders(PartitionKey='a%2Fb',RowKey='r')").body())
			.contains("\"InvalidInput\"");
		assertThat(this.client.send("GET", "/orders(PartitionKey='a%23b',RowKey='r')").body())
			.contains("\"OutOfRangeInput\"", "One of the request inputs is out of range.");
	}

	@Test
	@EdgeCase(29)
	void failedBatchIsAccepted() {
		insert("p", "1", "");
		HttpResponse<String> answer = submit(batch(insertion("1")));
		assertThat(answer.statusCode()).isEqualTo(202);
		assertThat(answer.body()).contains("HTTP/1.1 409 Conflict");
	}

	@Test
	@EdgeCase(30)
	void failedBatchHasOnePartWhichNamesTheIndex() {
		insert("p", "1", "");
		String answer = submit(batch(insertion("0"), insertion("1"), insertion("2"))).body();
		assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
		assertThat(answer).contains("\"value\":\"1:The specified entity already exists.");
	}

	@Test
	@EdgeCase(31)
	void batchesMixLineEndsAndBlankLines() {
		String mixed = batch(insertion("0"), insertion("1")).replace("binary\r\n\r\n", "binary\n\n\n");
		assertThat(submit(mixed).body()).contains("201 Created").doesNotContain("odata.error");
		assertThat(this.emulator.tables().entityCount("orders")).isEqualTo(2);
	}

	@Test
	@EdgeCase(32)
	void batchAboveFourMebibytesIsTooLarge() {
		assertThat(submit("x".repeat(4 * 1024 * 1024 + 1)).statusCode()).isEqualTo(413);
	}

	@Test
	@EdgeCase(33)
	void xmlBeginsWithAByteOrderMark() {
		assertThat(this.client.send("GET", "/orders?comp=acl").body()).startsWith("\uFEFF<?xml");
		assertThat(this.client.send("GET", "/?restype=service&comp=properties").body()).startsWith("\uFEFF<?xml");
	}

	@Test
	@EdgeCase(34)
	void statisticsAreOnTheSecondary() {
		assertThat(this.client.send("GET", "/?restype=service&comp=stats").statusCode()).isEqualTo(400);
		assertThat(this.client.send("GET", "-secondary/?restype=service&comp=stats").statusCode()).isEqualTo(200);
	}

	@Test
	@EdgeCase(35)
	void deletedTableIsBeingDeletedForAWhile() {
		TablesEmulator slow = new TablesEmulator(new TablesSettings(TablesSettings.DEVELOPMENT_ACCOUNT,
				TablesSettings.DEVELOPMENT_KEY, Duration.ofSeconds(40), false), this.clock);
		assertThat(handle(slow, creation("orders")).status()).isEqualTo(201);
		assertThat(handle(slow, deletion("orders")).status()).isEqualTo(204);
		assertThat(handle(slow, creation("ORDERS")).bodyText()).contains("\"TableBeingDeleted\"");
		this.clock.advance(Duration.ofSeconds(41));
		assertThat(handle(slow, creation("orders")).status()).isEqualTo(201);
	}

	@Test
	@EdgeCase(36)
	void accountSasSignsOneMoreLineSince20201206() {
		String fields = "devstoreaccount1\nrl\nt\nsco\n\n2026-12-31T00:00:00Z\n\n\n2020-12-06\n";
		assertThat(accountSas(SignedClient.hmac(fields)).status()).isEqualTo(403);
		assertThat(accountSas(SignedClient.hmac(fields + "\n")).status()).isEqualTo(200);
	}

	private EmulatorResponse accountSas(String signature) {
		String token = "sv=2020-12-06&ss=t&srt=sco&sp=rl&se=2026-12-31T00%3A00%3A00Z&sig=" + encoded(signature);
		return handle(this.emulator.tables(), EmulatorRequest.of("GET", "/devstoreaccount1/Tables?" + token,
				Headers.NONE.with("Accept", "application/json"), ""));
	}

	@Test
	@EdgeCase(37)
	void tableSasHasFourRangeLinesAndNoLastLineEnd() {
		String fields = "r\n\n2026-12-31T00:00:00Z\n/table/devstoreaccount1/orders\n\n\n\n2019-02-02\n\n\n\n";
		assertThat(tableSas(SignedClient.hmac(fields), "Orders").status()).isEqualTo(200);
		assertThat(tableSas(SignedClient.hmac(fields + "\n"), "Orders").status()).isEqualTo(403);
	}

	@Test
	@EdgeCase(38)
	void tableSasSignsTheNameInLowerCaseOnly() {
		String fields = "r\n\n2026-12-31T00:00:00Z\n/table/devstoreaccount1/Orders\n\n\n\n2019-02-02\n\n\n\n";
		assertThat(tableSas(SignedClient.hmac(fields), "Orders").status()).isEqualTo(403);
	}

	private EmulatorResponse tableSas(String signature, String table) {
		String token = "sv=2019-02-02&tn=" + table + "&sp=r&se=2026-12-31T00%3A00%3A00Z&sig=" + encoded(signature);
		return handle(this.emulator.tables(), EmulatorRequest.of("GET", "/devstoreaccount1/" + table + "()?" + token,
				Headers.NONE.with("Accept", "application/json"), ""));
	}

	private static String encoded(String signature) {
		return signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
	}

	@Test
	@EdgeCase(39)
	void invalidTableNameIsMisspelled() {
		assertThat(this.client.write("POST", "/Tables", "{\"TableName\":\"a-b\"}").body())
			.contains("The specifed resource name contains invalid characters.");
	}

	@Test
	@EdgeCase(40)
	void contentTypeSaysThatItStreams() {
		assertThat(this.client.send("GET", "/orders()").headers().firstValue("Content-Type"))
			.hasValue("application/json;odata=minimalmetadata;streaming=true;charset=utf-8");
	}

	@Test
	@EdgeCase(41)
	void headIsNoOperation() {
		insert("p", "r", "");
		assertThat(this.client.send("HEAD", ONE).statusCode()).isGreaterThanOrEqualTo(400);
	}

	@Test
	void hasEveryEdgeCaseOnce() {
		List<Integer> numbers = new ArrayList<>();
		for (Method method : EdgeCaseTests.class.getDeclaredMethods()) {
			EdgeCase edgeCase = method.getAnnotation(EdgeCase.class);
			if (edgeCase != null) {
				numbers.add(edgeCase.value());
			}
		}
		assertThat(numbers).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 41).boxed().toList());
		assertThat(Arrays.stream(EdgeCaseTests.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(EdgeCase.class)))
			.allMatch((method) -> method.isAnnotationPresent(Test.class));
	}

	private static String date() {
		return "Thu, 23 Apr 2026 18:25:43 GMT";
	}

	private static EmulatorRequest listing(String scheme, String text) {
		Headers headers = Headers.NONE.with("x-ms-date", date())
			.with("Accept", "application/json")
			.with("Authorization", scheme + " devstoreaccount1:" + SignedClient.hmac(text));
		return EmulatorRequest.of("GET", "/devstoreaccount1/Tables", headers, "");
	}

	private static EmulatorRequest creation(String name) {
		String text = "POST\n\napplication/json\n" + date() + "\n/devstoreaccount1/devstoreaccount1/Tables";
		Headers headers = Headers.NONE.with("x-ms-date", date())
			.with("Content-Type", "application/json")
			.with("Accept", "application/json")
			.with("DataServiceVersion", "3.0")
			.with("Authorization", "SharedKey devstoreaccount1:" + SignedClient.hmac(text));
		return EmulatorRequest.of("POST", "/devstoreaccount1/Tables", headers, "{\"TableName\":\"" + name + "\"}");
	}

	private static EmulatorRequest deletion(String name) {
		String path = "/devstoreaccount1/Tables('" + name + "')";
		String text = "DELETE\n\n\n" + date() + "\n/devstoreaccount1" + path;
		Headers headers = Headers.NONE.with("x-ms-date", date())
			.with("Accept", "application/json")
			.with("Authorization", "SharedKey devstoreaccount1:" + SignedClient.hmac(text));
		return EmulatorRequest.of("DELETE", path, headers, "");
	}

	private static EmulatorResponse handle(TablesEmulator emulator, EmulatorRequest request) {
		return Objects.requireNonNull(emulator.handle(request).block());
	}

}
