package dev.reactiveazure.emulator.tables;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entity group transactions, byte by byte.
 */
class BatchTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43Z");

	private final AzureEmulator emulator = AzureEmulator.builder()
		.eventGrid(false)
		.clock(MovableClock.startingAt(NOW))
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

	private String insert(String partition, String row) {
		return "POST " + this.emulator.tablesEndpoint() + "/Orders HTTP/1.1\r\nContent-Type: application/json\r\n"
				+ "Accept: application/json;odata=minimalmetadata\r\nPrefer: return-no-content\r\n\r\n"
				+ "{\"PartitionKey\":\"" + partition + "\",\"RowKey\":\"" + row + "\",\"text\":\"é\"}";
	}

	private String delete(String partition, String row) {
		return "DELETE " + this.emulator.tablesEndpoint() + "/Orders(PartitionKey='" + partition + "',RowKey='" + row
				+ "') HTTP/1.1\r\nAccept: application/json\r\nIf-Match: *\r\n\r\n";
	}

	private HttpResponse<String> send(List<String> operations) {
		StringBuilder body = new StringBuilder(
				"--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n");
		int id = 0;
		for (String operation : operations) {
			body.append("--changeset_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n")
				.append("Content-ID: ")
				.append(id++)
				.append("\r\n\r\n")
				.append(operation)
				.append("\r\n");
		}
		body.append("--changeset_1--\r\n\r\n--batch_1--\r\n");
		return send(body.toString());
	}

	private HttpResponse<String> send(String body) {
		return this.client.write("POST", "/$batch", body, "Content-Type", "multipart/mixed; boundary=batch_1");
	}

	@Test
	void answersEachChangeInItsPlace() {
		this.client.write("POST", "/Orders", "{\"PartitionKey\":\"p\",\"RowKey\":\"0\"}");
		HttpResponse<String> response = send(List.of(insert("p", "1"), delete("p", "0")));
		assertThat(response.statusCode()).isEqualTo(202);
		String boundary = response.body().substring(2, response.body().indexOf("\r\n"));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("multipart/mixed; boundary=" + boundary);
		assertThat(response.body()).matches("(?s)--batchresponse_.*--changesetresponse_.*"
				+ "HTTP/1.1 204 No Content\r\nContent-ID: 0\r\n.*Preference-Applied: return-no-content\r\n.*"
				+ "Location: .*RowKey='1'\\)\r\n.*ETag: W/\"datetime'.*"
				+ "HTTP/1.1 204 No Content\r\nContent-ID: 1\r\n.*--changesetresponse_.*--\r\n--batchresponse_.*--\r\n");
		assertThat(this.emulator.tables().entityCount("Orders")).isEqualTo(1);
		assertThat(this.client.send("GET", "/Orders(PartitionKey='p',RowKey='1')").body()).contains("\"text\":\"é\"");
	}

	@Test
	void carriesOutTheFirstOfSeveralChangeSetsAndRefusesTheOthers() {
		StringBuilder body = new StringBuilder();
		for (String row : List.of("1", "2", "3")) {
			body.append("--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_")
				.append(row)
				.append("\r\n\r\n--changeset_")
				.append(row)
				.append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
				.append(insert("p", row))
				.append("\r\n--changeset_")
				.append(row)
				.append("--\r\n\r\n");
		}

		HttpResponse<String> response = send(body.append("--batch_1--\r\n").toString());

		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.body()).matches("(?s)(--batchresponse_\\S+)\r\n.*HTTP/1.1 204 No Content\r\n.*"
				+ "\\1\r\n.*HTTP/1.1 400 Bad Request\r\n.*\"InvalidInput\".*\"0:One of the request inputs.*"
				+ "\\1\r\n.*HTTP/1.1 400 Bad Request\r\n.*\\1--\r\n");
		assertThat(this.emulator.tables().entityCount("Orders")).isEqualTo(1);
		assertThat(this.client.send("GET", "/Orders(PartitionKey='p',RowKey='1')").statusCode()).isEqualTo(200);
	}

	@Test
	void undoesEverythingAndNamesTheChangeThatFailed() {
		HttpResponse<String> response = send(List.of(insert("p", "1"), delete("p", "9")));
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(response.body()).contains("HTTP/1.1 404 Not Found\r\n")
			.contains("\"code\":\"ResourceNotFound\"")
			.contains("\"value\":\"1:The specified resource does not exist.\\nRequestId:")
			.doesNotContain("HTTP/1.1 204");
		assertThat(this.emulator.tables().entityCount("Orders")).isZero();
	}

	@Test
	void refusesWhatIsNoGroup() {
		assertThat(send(List.of(insert("p", "1"), insert("q", "2"))).body()).contains(
				"CommandsInBatchActOnDifferentPartitions",
				"1:All commands in a batch must operate on same entity group.");
		assertThat(send(List.of(insert("p", "1"), insert("p", "1"))).body()).contains("InvalidDuplicateRow",
				"\"1:The batch request contains multiple changes with same row key.");
		List<String> many = new ArrayList<>();
		for (int i = 0; i < 101; i++) {
			many.add(insert("p", "r" + i));
		}
		assertThat(send(many).body())
			.contains("\"99:The batch request operation exceeds the maximum 100 changes per change set.");
		assertThat(send(many.subList(0, 100)).body()).doesNotContain("odata.error");
		assertThat(this.emulator.tables().entityCount("Orders")).isEqualTo(100);
	}

	@Test
	void namesTheFirstChangeIfTheTableIsMissing() {
		this.client.send("DELETE", "/Tables('Orders')");
		assertThat(send(List.of(insert("p", "1"))).body()).contains("\"0:The table specified does not exist.");
	}

	@Test
	void takesBareLineFeedsAndSurplusBlankLines() {
		String body = "--batch_1\nContent-Type: multipart/mixed; boundary=\"c\"\n\n--c\nContent-Type: application/http\n\n\n"
				+ insert("p", "1").replace("\r\n\r\n", "\n\n\n").replace("\r\n", "\n") + "\n--c--\n--batch_1--\n";
		assertThat(send(body).body()).contains("HTTP/1.1 204 No Content").doesNotContain("Content-ID");
	}

	@Test
	void answersASingleQuery() {
		this.client.write("POST", "/Orders", "{\"PartitionKey\":\"p\",\"RowKey\":\"0\"}");
		String start = "--batch_1\r\nContent-Type: application/http\r\n\r\nGET " + this.emulator.tablesEndpoint()
				+ "/Orders(PartitionKey='p',RowKey='";
		String end = "') HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--batch_1--\r\n";
		assertThat(send(start + "0" + end).body()).contains("HTTP/1.1 200 OK", "\"RowKey\":\"0\"");
		assertThat(send(start + "1" + end).body()).contains("HTTP/1.1 404 Not Found",
				"\"0:The specified resource does not exist.");
	}

	@Test
	void answersASingleQueryOfATable() {
		this.client.write("POST", "/Orders", "{\"PartitionKey\":\"p\",\"RowKey\":\"0\"}");
		String body = "--batch_1\r\nContent-Type: application/http\r\n\r\nGET " + this.emulator.tablesEndpoint()
				+ "/Orders()?$filter=RowKey%20eq%20'0' HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--batch_1--\r\n";
		assertThat(send(body).body()).contains("HTTP/1.1 200 OK", "\"value\":[{", "\"RowKey\":\"0\"");
	}

	@Test
	void refusesAQueryThatIsNotAlone() {
		String get = "GET " + this.emulator.tablesEndpoint() + "/Orders(PartitionKey='p',RowKey='1') HTTP/1.1\r\n\r\n";
		assertThat(send(List.of(insert("p", "1"), get)).body()).contains("\"value\":\"1:");
		assertThat(this.emulator.tables().entityCount("Orders")).isZero();
		String part = "--batch_1\r\nContent-Type: application/http\r\n\r\n" + get + "\r\n";
		assertThat(send(part + part + "--batch_1--\r\n").statusCode()).isEqualTo(400);
	}

	@Test
	void refusesAMalformedBody() {
		assertThat(send("--batch_1\r\nnonsense").statusCode()).isEqualTo(400);
		assertThat(send("").statusCode()).isEqualTo(400);
	}

	@Test
	void refusesABodyOfMoreThanFourMebibytes() {
		HttpResponse<String> response = send("x".repeat(4 * 1024 * 1024 + 1));
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(response.body()).contains("RequestBodyTooLarge");
	}

}
