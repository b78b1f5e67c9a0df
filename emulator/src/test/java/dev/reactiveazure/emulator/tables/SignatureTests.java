package dev.reactiveazure.emulator.tables;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Exchange;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Holds the service to signatures that were computed elsewhere.
 */
class SignatureTests {

	private static final String DATE = "Thu, 23 Apr 2026 18:25:43 GMT";

	private static final String HOST_STYLE = "devstoreaccount1.table.core.windows.net";

	private static final String PATH_STYLE = "127.0.0.1:10002";

	private final MovableClock clock = MovableClock.startingAt(Instant.parse("2026-04-23T18:25:43Z"));

	private final TablesEmulator emulator = new TablesEmulator(
			new TablesSettings(TablesSettings.DEVELOPMENT_ACCOUNT, SignedClient.KEY), this.clock);

	@Test
	void acceptsASharedKeyOnAnEmulatorAddress() {
		EmulatorResponse response = send("GET", PATH_STYLE, "/devstoreaccount1/Tables", null,
				"SharedKey devstoreaccount1:6OJUjt2E5B3ccl+TUE3uSDhzl9AdyOWneni5Hc8IVgI=");
		assertThat(response.status()).isEqualTo(200);
	}

	@Test
	void signsTheContentType() {
		String signature = "SharedKey devstoreaccount1:j+yZhkweiTAaXsNTKGyUk3wagA5xIVDBl2Awa28WtZc=";
		assertThat(send("POST", PATH_STYLE, "/devstoreaccount1/mytable", "application/json;odata=nometadata", signature)
			.status()).isNotEqualTo(403);
		assertThat(send("POST", PATH_STYLE, "/devstoreaccount1/mytable",
				"application/json;odata=nometadata;charset=utf-8", signature)
			.status()).isEqualTo(403);
	}

	@Test
	void signsThePathAsItWasSentAndNoQuery() {
		EmulatorResponse response = send("GET", HOST_STYLE,
				"/mytable(PartitionKey='it%27%27s',RowKey='a%20b%2Bc')?$select=A", null,
				"SharedKey devstoreaccount1:6GvbpilCqtJnlZ8WbKbFHgu3ZUhoFUDY9/kh876KnuU=");
		assertThat(response.bodyText()).contains("TableNotFound");
	}

	@Test
	void signsTheCompParameter() {
		String signature = "SharedKey devstoreaccount1:OfxEN1irK+/QGjQEY3UPIFbhJutlP2k4iCAmcW1G5Ww=";
		assertThat(send("GET", HOST_STYLE, "/mytable?comp=acl", null, signature).status()).isEqualTo(404);
		assertThat(send("GET", HOST_STYLE, "/mytable", null, signature).status()).isEqualTo(403);
	}

	@Test
	void acceptsTheSignatureOfABatch() {
		EmulatorResponse response = send("POST", HOST_STYLE, "/$batch",
				"multipart/mixed; boundary=batch_00000000-0000-0000-0000-000000000001",
				"SharedKey devstoreaccount1:QoIvNiafLUS+JUkfgWTN6d8uPk4KKa0SF25BcuANnjI=");
		assertThat(response.status()).isEqualTo(400);
	}

	@Test
	void acceptsASharedKeyLite() {
		String signature = "SharedKeyLite devstoreaccount1:CUOFjqopxaBhfi9IhbsJUKvcgEs6P2oAa18mdVGRukE=";
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables", null, signature).status()).isEqualTo(200);
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables('a')", null, signature).status()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "-901,403", "-900,200", "900,200", "901,403" })
	void acceptsDatesWithinFifteenMinutes(long seconds, int status) {
		MovableClock moved = MovableClock.startingAt(this.clock.now().plusSeconds(seconds));
		TablesEmulator later = new TablesEmulator(
				new TablesSettings(TablesSettings.DEVELOPMENT_ACCOUNT, SignedClient.KEY), moved);
		EmulatorResponse response = send(later, "GET", PATH_STYLE, "/devstoreaccount1/Tables", null,
				"SharedKey devstoreaccount1:6OJUjt2E5B3ccl+TUE3uSDhzl9AdyOWneni5Hc8IVgI=");
		assertThat(response.status()).isEqualTo(status);
	}

	@Test
	void answersAWrongSignatureInJsonToAClientOfThatFormatAndInXmlToOthers() {
		EmulatorResponse json = send("GET", PATH_STYLE, "/devstoreaccount1/Tables", null,
				"SharedKey devstoreaccount1:AAAA");
		assertThat(json.status()).isEqualTo(403);
		assertThat(json.bodyText()).startsWith("{\"odata.error\":{\"code\":\"AuthenticationFailed\"");
		assertThat(json.headers().first("x-ms-error-code")).isNull();
		EmulatorResponse xml = handle(this.emulator, request("GET", PATH_STYLE, "/devstoreaccount1/Tables",
				List.of(new Headers.Entry("Accept", "application/json"))));
		assertThat(xml.status()).isEqualTo(401);
		assertThat(xml.bodyText()).contains("<m:code>NoAuthenticationInformation</m:code>");
		assertThat(xml.headers().first("WWW-Authenticate")).startsWith("Bearer ");
	}

	@Test
	void refusesAnotherAccount() {
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables", null,
				"SharedKey other:6OJUjt2E5B3ccl+TUE3uSDhzl9AdyOWneni5Hc8IVgI=")
			.status()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "'sv=2019-02-02&ss=t&srt=sco', 'xzmJvuMwwTMzmNIJ1DmV24IrZsWeLFajBlJXlOrtdGY%3D', 200",
			"'sv=2020-12-06&ss=t&srt=sco', 'x%2FYTWBDoTnojnhOtk7vSiv9IUXYCd5unx1YjPgsKeEw%3D', 200",
			"'sv=2019-02-02&ss=t&srt=so', 'djo47zfVh6jXhktYSC1N7LSYNK%2FCx1aoi321fcOurtM%3D', 200",
			"'sv=2019-02-02&ss=t&srt=sco', 'AAAA', 403" })
	void acceptsAnAccountSas(String start, String signature, int status) {
		String token = start
				+ "&sp=rwdlacu&st=2026-01-01T00%3A00%3A00Z&se=2026-12-31T00%3A00%3A00Z&spr=https%2Chttp&sig="
				+ signature;
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables?" + token, null, null).status()).isEqualTo(status);
	}

	@Test
	void refusesAnExpiredSas() {
		String token = "sv=2019-02-02&ss=t&srt=sco&sp=rwdlacu&st=2026-01-01T00%3A00%3A00Z&se=2026-12-31T00%3A00%3A00Z"
				+ "&spr=https%2Chttp&sig=xzmJvuMwwTMzmNIJ1DmV24IrZsWeLFajBlJXlOrtdGY%3D";
		this.clock.advance(Duration.ofDays(300));
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables?" + token, null, null).status()).isEqualTo(403);
	}

	@Test
	void acceptsATableSasForItsTableAndRangeOnly() {
		String token = "st=2026-01-01T00%3A00%3A00Z&se=2026-12-31T00%3A00%3A00Z&sp=raud&spr=https%2Chttp&sv=2019-02-02"
				+ "&tn=MyTable&spk=pk1&srk=rk1&epk=pk2&erk=rk9&sig=3W24iKeniOCKluoO1MIhFwxcvknGJoK%2F8M9CDaJjLzw%3D";
		createTable("mytable");
		assertThat(insert("mytable", "pk1", "rk1", token).status()).isEqualTo(201);
		assertThat(insert("mytable", "pk1", "rk0", token).bodyText()).contains("AuthorizationFailure");
		assertThat(insert("other", "pk1", "rk1", token).bodyText()).contains("AuthorizationFailure");
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/Tables?" + token, null, null).status()).isEqualTo(403);
	}

	@Test
	void refusesATableSasWhosePolicyDoesNotExist() {
		createTable("mytable");
		String token = "sv=2019-02-02&tn=MyTable&si=policy1&sig=7fk7F8vYktbK9ITerPezirtr6NZNSL8zDLE5ET8adv8%3D";
		assertThat(send("GET", PATH_STYLE, "/devstoreaccount1/mytable()?" + token, null, null).status()).isEqualTo(403);
	}

	@Test
	void doesNotShowAMalformedKey() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TablesEmulator(new TablesSettings("account", "not base64!"), this.clock))
			.withMessageContaining("account key")
			.withMessageNotContaining("not base64");
		assertThat(new TablesSettings("account", "c2VjcmV0").toString()).doesNotContain("c2VjcmV0");
	}

	private void createTable(String name) {
		String text = "POST\n\napplication/json\n" + DATE + "\n/devstoreaccount1/devstoreaccount1/Tables";
		Headers headers = Headers.NONE.with("x-ms-date", DATE)
			.with("Content-Type", "application/json")
			.with("Authorization", "SharedKey devstoreaccount1:" + SignedClient.hmac(text));
		EmulatorRequest request = EmulatorRequest.of("POST", "/devstoreaccount1/Tables", headers,
				"{\"TableName\":\"" + name + "\"}");
		assertThat(handle(this.emulator, request).status()).isEqualTo(201);
	}

	private EmulatorResponse insert(String table, String partition, String row, String token) {
		Headers headers = Headers.NONE.with("Accept", "application/json").with("Content-Type", "application/json");
		return handle(this.emulator, EmulatorRequest.of("POST", "/devstoreaccount1/" + table + "?" + token, headers,
				"{\"PartitionKey\":\"" + partition + "\",\"RowKey\":\"" + row + "\"}"));
	}

	private EmulatorResponse send(String method, String host, String target, @Nullable String contentType,
			@Nullable String authorization) {
		return send(this.emulator, method, host, target, contentType, authorization);
	}

	private static EmulatorResponse send(TablesEmulator emulator, String method, String host, String target,
			@Nullable String contentType, @Nullable String authorization) {
		List<Headers.Entry> headers = new ArrayList<>();
		headers.add(new Headers.Entry("x-ms-date", DATE));
		headers.add(new Headers.Entry("Accept", "application/json"));
		headers.add(new Headers.Entry("DataServiceVersion", "3.0"));
		if (contentType != null) {
			headers.add(new Headers.Entry("Content-Type", contentType));
		}
		if (authorization != null) {
			headers.add(new Headers.Entry("Authorization", authorization));
		}
		return handle(emulator, request(method, host, target, headers));
	}

	private static EmulatorRequest request(String method, String host, String target, List<Headers.Entry> headers) {
		String[] parts = target.split("\\?", 2);
		return new EmulatorRequest("id", method, parts[0], (parts.length > 1) ? parts[1] : null, Headers.of(headers),
				new byte[0], "http", host, "127.0.0.1", Exchange.detached());
	}

	private static EmulatorResponse handle(TablesEmulator emulator, EmulatorRequest request) {
		return emulator.handle(request).blockOptional().orElseThrow();
	}

}
