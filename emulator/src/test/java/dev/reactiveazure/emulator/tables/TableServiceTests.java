package dev.reactiveazure.emulator.tables;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Exchange;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Table service over real HTTP, by the protocol.
 */
class TableServiceTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43.1230000Z");

	private final MovableClock clock = MovableClock.startingAt(NOW);

	private final FaultPlan faults = FaultPlan.create();

	private final AzureEmulator emulator = AzureEmulator.builder()
		.eventGrid(false)
		.clock(this.clock)
		.faults(this.faults)
		.start();

	private final SignedClient client = new SignedClient(this.emulator.tablesEndpoint(), NOW);

	@BeforeEach
	void createTable() {
		this.client.write("POST", "/Tables", "{\"TableName\":\"Orders\"}");
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	private HttpResponse<String> insert(String json, String... headers) {
		return this.client.write("POST", "/orders", json, headers);
	}

	private static String entity(String partition, String row) {
		return "{\"PartitionKey\":\"" + partition + "\",\"RowKey\":\"" + row + "\"}";
	}

	private static String etag(HttpResponse<String> response) {
		return response.headers().firstValue("ETag").orElseThrow();
	}

	private static void assertError(HttpResponse<String> response, int status, String code, String text) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(response.body())
			.startsWith(
					"{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + text)
			.contains("\\nRequestId:" + response.headers().firstValue("x-ms-request-id").orElseThrow() + "\\nTime:");
		assertThat(response.headers().firstValue("x-ms-error-code")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "500, InternalError, Server encountered an internal error.",
			"503, ServerBusy, The server is currently unable to receive requests.",
			"429, TooManyRequests, The request rate is too large." })
	void saysItsTroubleInItsOwnWords(int status, String code, String text) {
		this.faults.when(FaultPlan.TABLES).answer(status, Duration.ofSeconds(2));

		HttpResponse<String> json = this.client.send("GET", "/orders()");
		assertError(json, status, code, text);
		assertThat(json.headers().firstValue("Retry-After")).hasValue("2");
		HttpResponse<String> xml = this.client.send("GET", "/?restype=service&comp=properties");
		assertThat(xml.statusCode()).isEqualTo(status);
		assertThat(xml.body()).contains("<m:code>" + code + "</m:code>");
	}

	@Test
	void saysNothingOfATroubleThatAStatusDoesNotTell() {
		this.faults.when(FaultPlan.TABLES).answer(409);

		assertThat(this.client.send("GET", "/orders()").body()).isEmpty();
	}

	@Nested
	class Tables {

		@Test
		void createsATable() {
			HttpResponse<String> response = client.write("POST", "/Tables", "{\"TableName\":\"Customers\"}",
					"x-ms-client-request-id", "mine");
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(response.body()).isEqualTo("{\"odata.metadata\":\"" + emulator.tablesEndpoint()
					+ "/$metadata#Tables/@Element\",\"TableName\":\"Customers\"}");
			assertThat(response.headers().firstValue("Location"))
				.hasValue(emulator.tablesEndpoint() + "/Tables('Customers')");
			assertThat(response.headers().firstValue("x-ms-client-request-id")).hasValue("mine");
			assertThat(response.headers().firstValue("x-ms-version")).hasValue("2019-02-02");
			assertThat(response.headers().firstValue("Date")).hasValue("Thu, 23 Apr 2026 18:25:43 GMT");
		}

		@Test
		void createsATableWithoutContent() {
			HttpResponse<String> response = client.write("POST", "/Tables", "{\"TableName\":\"Customers\"}", "Prefer",
					"return-no-content");
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(response.headers().firstValue("Preference-Applied")).hasValue("return-no-content");
			assertThat(response.headers().firstValue("DataServiceId"))
				.hasValue(emulator.tablesEndpoint() + "/Tables('Customers')");
		}

		@Test
		void findsTheNameTakenInAnyCase() {
			assertError(client.write("POST", "/Tables", "{\"TableName\":\"oRDERS\"}"), 409, "TableAlreadyExists",
					"The table specified already exists.");
		}

		@ParameterizedTest
		@CsvSource({ "ab,OutOfRangeInput", "a-b,InvalidResourceName", "1ab,InvalidResourceName",
				"tables,InvalidResourceName" })
		void refusesBadNames(String name, String code) {
			HttpResponse<String> response = client.write("POST", "/Tables", "{\"TableName\":\"" + name + "\"}");
			assertError(response, 400, code, "The spec");
		}

		@Test
		void listsTablesInPagesAndByName() {
			for (String name : List.of("Bills", "Customers", "Items")) {
				client.write("POST", "/Tables", "{\"TableName\":\"" + name + "\"}");
			}
			HttpResponse<String> first = client.send("GET", "/Tables?$top=2");
			assertThat(first.body()).endsWith("\"value\":[{\"TableName\":\"Bills\"},{\"TableName\":\"Customers\"}]}");
			String next = first.headers().firstValue("x-ms-continuation-NextTableName").orElseThrow();
			HttpResponse<String> second = client.send("GET", "/Tables?$top=2&NextTableName=" + next);
			assertThat(second.body()).endsWith("\"value\":[{\"TableName\":\"Items\"},{\"TableName\":\"Orders\"}]}");
			assertThat(second.headers().firstValue("x-ms-continuation-NextTableName")).isEmpty();
			assertThat(client.send("GET", "/Tables?$filter=TableName%20ge%20'C'%20and%20TableName%20lt%20'D'").body())
				.endsWith("\"value\":[{\"TableName\":\"Customers\"}]}");
		}

		@Test
		void deletesATableAndMissesItAfterwards() {
			assertThat(client.send("DELETE", "/Tables('orders')").statusCode()).isEqualTo(204);
			assertError(client.send("DELETE", "/Tables('orders')"), 404, "ResourceNotFound",
					"The specified resource does not exist.");
			assertError(insert(entity("a", "1")), 404, "TableNotFound", "The table specified does not exist.");
		}

	}

	@Nested
	class Entities {

		private static final String ALL_TYPES = """
				{"PartitionKey":"it's","RowKey":"a b+c/d","Timestamp":"2000-01-01T00:00:00Z",
				"age":39,"birthday@odata.type":"Edm.DateTime","birthday":"1973-10-04T00:00:00.0000000Z",
				"binary":"YmluYXJ5","binary@odata.type":"Edm.Binary",
				"clsid@odata.type":"Edm.Guid","clsid":"C9DA6455-213d-42c9-9a79-3e9149a57833",
				"ratio":3.1,"whole":5.0,"nan@odata.type":"Edm.Double","nan":"NaN",
				"intAsDouble@odata.type":"Edm.Double","intAsDouble":5,
				"large@odata.type":"Edm.Int64","large":"933311100","married":true,"name":"x","nothing":null,
				"odata.etag":"ignored","name@odata.unknown":"ignored"}""".replace("/d", "");

		@Test
		void keepsEveryType() {
			HttpResponse<String> response = insert(ALL_TYPES);
			assertThat(response.statusCode()).isEqualTo(201);
			assertThat(response.body()).isEqualTo("{\"odata.metadata\":\"" + emulator.tablesEndpoint()
					+ "/$metadata#orders/@Element\",\"odata.etag\":\"W/\\\"datetime'2026-04-23T18%3A25%3A43.123Z'\\\"\","
					+ "\"PartitionKey\":\"it's\",\"RowKey\":\"a b+c\",\"Timestamp\":\"2026-04-23T18:25:43.123Z\","
					+ "\"age\":39,\"binary@odata.type\":\"Edm.Binary\",\"binary\":\"YmluYXJ5\","
					+ "\"birthday@odata.type\":\"Edm.DateTime\",\"birthday\":\"1973-10-04T00:00:00Z\","
					+ "\"clsid@odata.type\":\"Edm.Guid\",\"clsid\":\"c9da6455-213d-42c9-9a79-3e9149a57833\","
					+ "\"intAsDouble\":5.0,\"large@odata.type\":\"Edm.Int64\",\"large\":\"933311100\",\"married\":true,"
					+ "\"name\":\"x\",\"nan@odata.type\":\"Edm.Double\",\"nan\":\"NaN\",\"ratio\":3.1,\"whole\":5.0}");
			assertThat(response.headers().firstValue("Content-Type"))
				.hasValue("application/json;odata=minimalmetadata;streaming=true;charset=utf-8");
			assertThat(etag(response)).isEqualTo("W/\"datetime'2026-04-23T18%3A25%3A43.123Z'\"");
			assertThat(response.headers().firstValue("Location"))
				.hasValue(emulator.tablesEndpoint() + "/orders(PartitionKey='it''s',RowKey='a%20b%2Bc')");
		}

		@Test
		void findsAnEntityUnderEncodedKeys() {
			insert(ALL_TYPES);
			HttpResponse<String> response = client.send("GET",
					"/orders(PartitionKey='it%27%27s',RowKey='a%20b%2Bc')?$select=name,missing");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).contains("#orders/@Element&$select=name,missing\"")
				.endsWith("\"name\":\"x\",\"missing\":null}");
		}

		@Test
		void insertsWithoutContent() {
			HttpResponse<String> response = insert(entity("", ""), "Prefer", "return-no-content");
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(response.headers().firstValue("DataServiceId"))
				.hasValue(emulator.tablesEndpoint() + "/orders(PartitionKey='',RowKey='')");
			assertThat(client.send("GET", "/orders(PartitionKey='',RowKey='')").headers().firstValue("ETag"))
				.hasValue(etag(response));
		}

		@Test
		void tellsAMissingEntityFromAMissingTable() {
			assertError(client.send("GET", "/orders(PartitionKey='a',RowKey='1')"), 404, "ResourceNotFound",
					"The specified resource does not exist.");
			assertError(client.send("GET", "/nothing(PartitionKey='a',RowKey='1')"), 404, "TableNotFound",
					"The table specified does not exist.");
		}

		@Test
		void refusesAnEntityThatExists() {
			insert(entity("a", "1"));
			assertError(insert(entity("a", "1")), 409, "EntityAlreadyExists", "The specified entity already exists.");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', value = { "{\"RowKey\":\"1\"}|PropertiesNeedValue",
				"{\"PartitionKey\":null,\"RowKey\":\"1\"}|PropertiesNeedValue",
				"{\"PartitionKey\":1,\"RowKey\":\"1\"}|InvalidInput",
				"{\"PartitionKey\":\"a/b\",\"RowKey\":\"1\"}|OutOfRangeInput",
				"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"a-b\":1}|PropertyNameInvalid",
				"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"x\":{}}|InvalidInput",
				"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"x\":1,\"x\":2}|DuplicatePropertiesSpecified",
				"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"x@odata.type\":\"Edm.Int64\",\"x\":\"1.5\"}|InvalidInput",
				"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"x@odata.type\":\"Edm.DateTime\",\"x\":\"0001-01-01T00:00:00Z\"}|OutOfRangeInput",
				"{\"PartitionKey\":\"a\",\"RowKey\"|InvalidInput", "[]|InvalidInput", "|InvalidInput" })
		void refusesBadEntities(String json, String code) {
			HttpResponse<String> response = insert((json != null) ? json : "");
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(response.body()).contains("\"code\":\"" + code + "\"");
			assertThat(emulator.tables().entityCount("orders")).isZero();
		}

		@Test
		void limitsKeysPropertiesAndEntities() {
			assertThat(insert(entity("a".repeat(513), "1")).body()).contains("PropertyValueTooLarge");
			assertThat(insert(entity("a".repeat(512), "1")).statusCode()).isEqualTo(201);
			assertThat(insert(with("\"" + "n".repeat(256) + "\":1")).body()).contains("PropertyNameTooLong");
			assertThat(insert(with("\"x\":\"" + "x".repeat(32769) + "\"")).body()).contains("PropertyValueTooLarge");
			List<String> many = new ArrayList<>();
			for (int i = 0; i < 253; i++) {
				many.add("\"p" + i + "\":" + i);
			}
			assertThat(insert(with(String.join(",", many))).body()).contains("TooManyProperties");
			List<String> large = new ArrayList<>();
			for (int i = 0; i < 17; i++) {
				large.add("\"p" + i + "\":\"" + "x".repeat(32768) + "\"");
			}
			assertThat(insert(with(String.join(",", large))).body()).contains("EntityTooLarge");
		}

		private static String with(String properties) {
			return "{\"PartitionKey\":\"b\",\"RowKey\":\"1\"," + properties + "}";
		}

		@ParameterizedTest
		@CsvSource({ "a%2Fb,InvalidInput", "a%5Cb,InvalidInput", "a%23b,OutOfRangeInput", "a%01b,OutOfRangeInput" })
		void refusesForbiddenCharactersInAddresses(String key, String code) {
			assertThat(client.send("GET", "/orders(PartitionKey='" + key + "',RowKey='1')").body())
				.contains("\"code\":\"" + code + "\"");
		}

		@Test
		void refusesAnAddressWithTooFewKeys() {
			assertError(client.send("GET", "/orders(PartitionKey='a')"), 400, "InvalidInput",
					"The number of keys specified in the URI");
		}

		@Test
		void obeysMetadataLevels() {
			insert("{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"n@odata.type\":\"Edm.Int64\",\"n\":\"1\"}");
			String address = "/orders(PartitionKey='a',RowKey='1')";
			assertThat(client.send("GET", address, "Accept", "application/json;odata=nometadata").body()).isEqualTo(
					"{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"Timestamp\":\"2026-04-23T18:25:43.123Z\",\"n\":\"1\"}");
			assertThat(client.send("GET", address + "?$format=application/json;odata=fullmetadata").body())
				.contains("\"odata.type\":\"devstoreaccount1.orders\"")
				.contains("\"odata.editLink\":\"orders(PartitionKey='a',RowKey='1')\"")
				.contains("\"Timestamp@odata.type\":\"Edm.DateTime\"");
			assertThat(client.send("GET", address, "Accept", "application/atom+xml").statusCode()).isEqualTo(415);
		}

	}

	@Nested
	class Changes {

		private final String address = "/orders(PartitionKey='a',RowKey='1')";

		private final String change = "{\"y\":2}";

		private String inserted = "";

		@BeforeEach
		void insertOne() {
			this.inserted = etag(insert("{\"PartitionKey\":\"a\",\"RowKey\":\"1\",\"x\":1}"));
		}

		private String properties() {
			String body = client.send("GET", this.address, "Accept", "application/json;odata=nometadata").body();
			return body.substring(body.indexOf("Z\"") + 2);
		}

		@Test
		void replacesUnderItsEtag() {
			HttpResponse<String> response = client.write("PUT", this.address, this.change, "If-Match", this.inserted);
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(etag(response)).isNotEqualTo(this.inserted);
			assertThat(properties()).isEqualTo(",\"y\":2}");
		}

		@ParameterizedTest
		@CsvSource({ "PUT", "MERGE", "PATCH", "DELETE" })
		void refusesAStaleEtag(String method) {
			client.write("PUT", this.address, "{\"x\":5}", "If-Match", "*");
			assertError(client.write(method, this.address, this.change, "If-Match", this.inserted), 412,
					"UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
			assertThat(properties()).isEqualTo(",\"x\":5}");
		}

		@ParameterizedTest
		@CsvSource({ "MERGE", "PATCH" })
		void mergesAndKeepsWhatIsNull(String method) {
			HttpResponse<String> response = client.write(method, this.address, "{\"x\":null,\"y\":2}", "If-Match", "*");
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(properties()).isEqualTo(",\"x\":1,\"y\":2}");
		}

		@Test
		void mergesThroughPost() {
			assertThat(client.write("POST", this.address, this.change, "X-HTTP-Method", "MERGE", "If-Match", "*")
				.statusCode()).isEqualTo(204);
			assertThat(properties()).isEqualTo(",\"x\":1,\"y\":2}");
			assertError(client.write("PUT", this.address, this.change, "X-HTTP-Method", "MERGE"), 400,
					"XMethodNotUsingPost", "");
			assertError(client.write("POST", this.address, this.change, "X-HTTP-Method", "GET"), 400,
					"XMethodIncorrectValue", "");
		}

		@ParameterizedTest
		@CsvSource({ "PUT", "MERGE" })
		void createsWithoutACondition(String method) {
			HttpResponse<String> response = client.write(method, "/orders(PartitionKey='a',RowKey='2')", this.change);
			assertThat(response.statusCode()).isEqualTo(204);
			assertThat(emulator.tables().entityCount("orders")).isEqualTo(2);
			assertThat(client.write(method, "/nothing(PartitionKey='a',RowKey='2')", this.change).body())
				.contains("TableNotFound");
		}

		@ParameterizedTest
		@CsvSource({ "PUT", "MERGE", "DELETE" })
		void missesWhatItMustFind(String method) {
			assertError(client.write(method, "/orders(PartitionKey='a',RowKey='2')", this.change, "If-Match", "*"), 404,
					"ResourceNotFound", "The specified resource does not exist.");
		}

		@Test
		void deletesOnlyUnderACondition() {
			assertThat(client.send("DELETE", this.address).statusCode()).isEqualTo(400);
			assertThat(client.send("DELETE", this.address, "If-Match", this.inserted).statusCode()).isEqualTo(204);
			assertThat(client.send("DELETE", this.address, "If-Match", "*").statusCode()).isEqualTo(404);
		}

		@ParameterizedTest
		@CsvSource({ "abc", "''" })
		void refusesAnEtagThatIsNone(String value) {
			assertError(client.write("PUT", this.address, this.change, "If-Match", value), 400, "InvalidInput",
					"The etag value '");
			assertThat(properties()).isEqualTo(",\"x\":1}");
		}

		@Test
		void givesEveryVersionAnEtagOfItsOwn() {
			List<String> etags = new ArrayList<>(List.of(this.inserted));
			for (int i = 0; i < 20; i++) {
				etags.add(etag(client.write("PUT", this.address, this.change, "If-Match", etags.get(i))));
			}
			assertThat(etags).doesNotHaveDuplicates().endsWith("W/\"datetime'2026-04-23T18%3A25%3A43.123002Z'\"");
			clock.advance(Duration.ofSeconds(1));
			assertThat(etag(client.write("PUT", this.address, this.change)))
				.isEqualTo("W/\"datetime'2026-04-23T18%3A25%3A44.123Z'\"");
		}

	}

	@Nested
	class Queries {

		private static final String PARTITION = "x-ms-continuation-NextPartitionKey";

		private static final String ROW = "x-ms-continuation-NextRowKey";

		private List<String> pages(String parameters) {
			List<String> pages = new ArrayList<>();
			String next = "";
			while (true) {
				HttpResponse<String> page = client.send("GET", "/orders()?$select=RowKey&" + parameters + next,
						"Accept", "application/json;odata=nometadata");
				assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
				pages.add(page.body().replaceAll("[^0-9,]", ""));
				if (page.headers().firstValue(PARTITION).isEmpty()) {
					return pages;
				}
				next = "&NextPartitionKey=" + page.headers().firstValue(PARTITION).get()
						+ page.headers().firstValue(ROW).map((row) -> "&NextRowKey=" + row).orElse("");
			}
		}

		private void insertRows(int count) {
			for (int i = 0; i < count; i++) {
				insert("{\"PartitionKey\":\"p" + i % 2 + "\",\"RowKey\":\"" + i + "\",\"n\":" + i + "}");
			}
		}

		@Test
		void sortsByPartitionAndRow() {
			insertRows(6);
			assertThat(pages("")).containsExactly("0,2,4,1,3,5");
			assertThat(pages("$filter=PartitionKey%20eq%20'p1'%20and%20n%20gt%201")).containsExactly("3,5");
		}

		@Test
		void cutsPagesAtTop() {
			insertRows(6);
			assertThat(pages("$top=2")).containsExactly("0,2", "4,1", "3,5");
			assertThat(pages("$top=4")).containsExactly("0,2,4,1", "3,5");
			assertThat(pages("$top=1&$filter=PartitionKey%20eq%20'p1'")).containsExactly("1", "3", "5");
			assertThat(pages("$top=1&$filter=n%20eq%200")).containsExactly("0", "");
		}

		@Test
		void cutsPagesAtAThousandRows() {
			for (int i = 0; i < 1001; i++) {
				insert("{\"PartitionKey\":\"p\",\"RowKey\":\"" + (1000 + i) + "\"}", "Prefer", "return-no-content");
			}
			List<String> pages = pages("");
			assertThat(pages).hasSize(2);
			assertThat(pages.get(0).split(",")).hasSize(1000);
			assertThat(pages.get(1)).isEqualTo("2000");
		}

		@Test
		void putsEmptyPagesBetweenOthersIfToldSo() {
			insertRows(4);
			emulator.tables().emptyPages(true);
			emulator.tables().limitPages(3);
			assertThat(pages("")).containsExactly("", "0,2,1", "", "3");
		}

		@Test
		void leavesTheRowOutOfATokenForTheFirstRowOfAPartition() {
			insert(entity("a", "1"));
			insert(entity("b", ""));
			HttpResponse<String> page = client.send("GET", "/orders()?$top=1");
			assertThat(page.headers().firstValue(PARTITION)).hasValue("1!4!Yg--");
			assertThat(page.headers().firstValue(ROW)).isEmpty();
			assertThat(pages("$top=1")).containsExactly("1", "");
		}

		@Test
		void survivesDeletionsBetweenPages() {
			insertRows(6);
			HttpResponse<String> first = client.send("GET", "/orders()?$top=3");
			client.send("DELETE", "/orders(PartitionKey='p1',RowKey='1')", "If-Match", "*");
			HttpResponse<String> second = client.send("GET",
					"/orders()?NextPartitionKey=" + first.headers().firstValue(PARTITION).orElseThrow() + "&NextRowKey="
							+ first.headers().firstValue(ROW).orElseThrow(),
					"Accept", "application/json;odata=nometadata");
			assertThat(second.body()).contains("\"RowKey\":\"3\"").contains("\"RowKey\":\"5\"");
		}

		@ParameterizedTest
		@CsvSource({ "$top=1001", "$top=-1", "$top=x", "NextPartitionKey=abc", "NextPartitionKey=1!4!Yg--&NextRowKey=",
				"NextRowKey=1!4!Yg--", "$filter=n%20eq%20null" })
		void refusesBadParameters(String parameters) {
			assertError(client.send("GET", "/orders()?" + parameters), 400, "InvalidInput",
					"One of the request inputs is not valid.");
		}

		@Test
		void takesEmptyOptionsAsAbsent() {
			insertRows(1);
			assertThat(client.send("GET", "/orders?$filter=&$select=%20").body()).contains("\"n\":0");
		}

		@Test
		void selectsAtMost255Properties() {
			List<String> names = new ArrayList<>();
			for (int i = 0; i < 255; i++) {
				names.add("p" + i);
			}
			String select = "/orders()?$select=" + String.join(",", names);
			assertThat(client.send("GET", select).statusCode()).isEqualTo(200);
			assertError(client.send("GET", select + ",more"), 400, "InvalidInput",
					"One of the request inputs is not valid.");
		}

		@Test
		void answersOnlyMetadataAndValue() {
			assertThat(client.send("GET", "/orders()").body())
				.isEqualTo("{\"odata.metadata\":\"" + emulator.tablesEndpoint() + "/$metadata#orders\",\"value\":[]}");
			assertThat(client.send("GET", "/orders()", "Accept", "application/json;odata=nometadata").body())
				.isEqualTo("{\"value\":[]}");
		}

	}

	@Nested
	class RequestHeaders {

		@ParameterizedTest
		@CsvSource({ "latest", "2019-2-2", "2019-02-02x" })
		void refusesAVersionThatIsNoDate(String version) {
			assertError(client.send("GET", "/Tables", "x-ms-version", version), 400, "InvalidHeaderValue",
					"The value for one of the HTTP headers is not in the correct format.");
		}

		@Test
		void refusesARequestWithoutAHost() {
			EmulatorRequest request = new EmulatorRequest("id", "GET", "/devstoreaccount1/Tables", null, Headers.NONE,
					new byte[0], "http", "", "127.0.0.1", Exchange.detached());
			EmulatorResponse response = Objects.requireNonNull(emulator.tables().handle(request).block());
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.bodyText()).contains("HostInformationNotPresent");
		}

	}

	@Nested
	class XmlOperations {

		@ParameterizedTest
		@CsvSource({ "1,202", "99,202", "365,202", "0,400", "366,400", "x,400", "'',400" })
		void keepsLogsForAYearAtMost(String days, int status) {
			String xml = "<StorageServiceProperties><HourMetrics><Version>1.0</Version><Enabled>false</Enabled>"
					+ "<RetentionPolicy><Enabled>true</Enabled><Days>" + days
					+ "</Days></RetentionPolicy></HourMetrics></StorageServiceProperties>";
			assertThat(client.write("PUT", "/?restype=service&comp=properties", xml, "Content-Type", "application/xml")
				.statusCode()).isEqualTo(status);
		}

		@Test
		void refusesADocumentOfAnotherKind() {
			String[] type = { "Content-Type", "application/xml" };
			assertThat(client.write("PUT", "/orders?comp=acl", "<Policies />", type).body())
				.contains("InvalidXmlDocument");
			assertThat(
					client.write("PUT", "/orders?comp=acl", "<SignedIdentifiers><Id>a</Id></SignedIdentifiers>", type)
						.body())
				.contains("InvalidXmlDocument");
			assertThat(client.write("PUT", "/?restype=service&comp=properties", "<Properties />", type).body())
				.contains("InvalidXmlDocument");
		}

		@Test
		void keepsAccessPolicies() {
			String policies = "<?xml version=\"1.0\"?><SignedIdentifiers><SignedIdentifier><Id>p1</Id><AccessPolicy>"
					+ "<Expiry>2026-08-26T21:13:07Z</Expiry><Permission>raud</Permission></AccessPolicy>"
					+ "</SignedIdentifier></SignedIdentifiers>";
			assertThat(
					client.write("PUT", "/orders?comp=acl", policies, "Content-Type", "application/xml").statusCode())
				.isEqualTo(204);
			HttpResponse<String> response = client.send("GET", "/orders?comp=acl");
			assertThat(response.body()).startsWith("\uFEFF<?xml")
				.contains("<Expiry>2026-08-26T21:13:07.0000000Z</Expiry><Permission>raud</Permission>");
			assertThat(client.write("PUT", "/orders?comp=acl", "<x", "Content-Type", "application/xml").body())
				.contains("<m:code>InvalidXmlDocument</m:code>");
		}

		@Test
		void givesStatisticsOnTheSecondaryOnly() {
			HttpResponse<String> primary = client.send("GET", "/?restype=service&comp=stats");
			assertThat(primary.statusCode()).isEqualTo(400);
			assertThat(primary.body()).contains("<m:code>InvalidQueryParameterValue</m:code>");
			assertThat(primary.headers().firstValue("x-ms-error-code")).hasValue("InvalidQueryParameterValue");
			HttpResponse<String> secondary = client.send("GET", "-secondary/?restype=service&comp=stats");
			assertThat(secondary.body()).contains("<Status>live</Status>");
		}

		@Test
		void keepsServiceProperties() {
			String cors = "<StorageServiceProperties><Cors><CorsRule><AllowedOrigins>www.xyz.com</AllowedOrigins></CorsRule>"
					+ "</Cors></StorageServiceProperties>";
			assertThat(client.write("PUT", "/?restype=service&comp=properties", cors, "Content-Type", "application/xml")
				.statusCode()).isEqualTo(202);
			assertThat(client.send("GET", "/?restype=service&comp=properties").body())
				.contains("<Logging><Version>1.0</Version>")
				.contains("<Cors><CorsRule><AllowedOrigins>www.xyz.com</AllowedOrigins></CorsRule></Cors>");
		}

	}

}
