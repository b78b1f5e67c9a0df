package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What browsers are told about scripts of other origins.
 */
class CorsTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43Z");

	private final AzureEmulator emulator = AzureEmulator.builder()
		.eventGrid(false)
		.clock(MovableClock.startingAt(NOW))
		.start();

	private final SignedClient client = new SignedClient(this.emulator.tablesEndpoint(), NOW);

	@AfterEach
	void close() {
		this.emulator.close();
	}

	private static String rule(String origins, String methods, String headers, String exposed, String maxAge) {
		return "<CorsRule><AllowedOrigins>" + origins + "</AllowedOrigins><AllowedMethods>" + methods
				+ "</AllowedMethods><AllowedHeaders>" + headers + "</AllowedHeaders><ExposedHeaders>" + exposed
				+ "</ExposedHeaders><MaxAgeInSeconds>" + maxAge + "</MaxAgeInSeconds></CorsRule>";
	}

	private int store(String rules) {
		return this.client
			.write("PUT", "/?restype=service&comp=properties",
					"<StorageServiceProperties><Cors>" + rules + "</Cors></StorageServiceProperties>", "Content-Type",
					"application/xml")
			.statusCode();
	}

	private void storeTwoRules() {
		assertThat(store(rule("https://a.example,https://b.example", "GET,PUT", "x-ms-*,Accept", "x-ms-*,ETag", "500")
				+ rule("*", "GET", "*", "*", "60")))
			.isEqualTo(202);
	}

	private EmulatorResponse preflight(Map<String, String> fields) {
		Headers headers = Headers.NONE;
		for (Map.Entry<String, String> field : fields.entrySet()) {
			headers = headers.with(field.getKey(), field.getValue());
		}
		EmulatorRequest request = EmulatorRequest.of("OPTIONS", "/devstoreaccount1/Nothing()", headers, "");
		return Objects.requireNonNull(this.emulator.tables().handle(request).block());
	}

	private EmulatorResponse preflight(String origin, String method, String headers) {
		return preflight(Map.of("Origin", origin, "Access-Control-Request-Method", method,
				"Access-Control-Request-Headers", headers));
	}

	@Test
	void answersAPreflightWithoutASignature() {
		storeTwoRules();
		Headers headers = preflight("https://b.example", "PUT", "x-ms-date, ACCEPT").headers();
		assertThat(headers.first("Access-Control-Allow-Origin")).isEqualTo("https://b.example");
		assertThat(headers.first("Access-Control-Allow-Methods")).isEqualTo("PUT");
		assertThat(headers.first("Access-Control-Allow-Headers")).isEqualTo("x-ms-date,ACCEPT");
		assertThat(headers.first("Access-Control-Max-Age")).isEqualTo("500");
		assertThat(headers.first("Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(headers.first("Vary")).isEqualTo("Origin");
		assertThat(headers.first("x-ms-request-id")).isNotNull();
	}

	@Test
	void takesTheFirstRuleThatMatches() {
		storeTwoRules();
		EmulatorResponse response = preflight("https://a.example", "GET", "If-Match");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().first("Access-Control-Allow-Origin")).isEqualTo("*");
		assertThat(response.headers().first("Access-Control-Max-Age")).isEqualTo("60");
		assertThat(response.headers().first("Access-Control-Allow-Credentials")).isNull();
		assertThat(response.headers().first("Vary")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "https://a.example,DELETE,Accept", "https://c.example,PUT,Accept", "https://A.example,PUT,Accept",
			"https://a.example,PUT,If-Match" })
	void refusesAPreflightThatNoRuleMatches(String origin, String method, String headers) {
		storeTwoRules();
		EmulatorResponse response = preflight(origin, method, headers);
		assertThat(response.status()).isEqualTo(403);
		assertThat(response.bodyText()).contains("<m:code>CorsPreflightFailure</m:code>");
		assertThat(response.headers().first("Access-Control-Allow-Origin")).isNull();
	}

	@Test
	void refusesEveryPreflightWithoutRules() {
		assertThat(preflight("https://a.example", "GET", "").bodyText()).contains("CorsPreflightFailure");
		storeTwoRules();
		assertThat(preflight("https://a.example", "GET", "").status()).isEqualTo(200);
		assertThat(store("")).isEqualTo(202);
		assertThat(preflight("https://a.example", "GET", "").bodyText()).contains("CorsPreflightFailure");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin", "Access-Control-Request-Method" })
	void refusesAPreflightThatAsksNothing(String only) {
		storeTwoRules();
		EmulatorResponse response = preflight(Map.of(only, "GET"));
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.bodyText()).contains("InvalidHeaderValue");
	}

	@Test
	void tellsTheBrowserToShowAnAnswer() {
		storeTwoRules();
		var allowed = this.client.send("GET", "/Tables", "Origin", "https://a.example").headers();
		assertThat(allowed.firstValue("Access-Control-Allow-Origin")).hasValue("https://a.example");
		assertThat(allowed.firstValue("Access-Control-Allow-Credentials")).hasValue("true");
		assertThat(allowed.firstValue("Vary")).hasValue("Origin");
		assertThat(allowed.firstValue("Access-Control-Expose-Headers")).hasValue("x-ms-request-id,x-ms-version");
		var any = this.client.send("GET", "/Tables", "Origin", "https://c.example").headers();
		assertThat(any.firstValue("Access-Control-Allow-Origin")).hasValue("*");
		assertThat(any.firstValue("Access-Control-Allow-Credentials")).isEmpty();
		assertThat(any.firstValue("Access-Control-Expose-Headers").orElseThrow()).contains("Content-Type");
	}

	@Test
	void servesWhatNoRuleMatchesWithoutTellingSo() {
		storeTwoRules();
		var response = this.client.write("POST", "/Tables", "{\"TableName\":\"Orders\"}", "Origin",
				"https://a.example");
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
		assertThat(response.headers().firstValue("Vary")).hasValue("Origin");
		assertThat(this.client.send("GET", "/Tables").headers().firstValue("Vary")).isEmpty();
	}

	@Test
	void letsTheBrowserSeeErrorsToo() {
		storeTwoRules();
		var response = this.client.send("GET", "/Nothing()", "Origin", "https://a.example");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://a.example");
	}

	@Test
	void refusesMalformedRulesAndKeepsTheOldOnes() {
		storeTwoRules();
		assertThat(store(rule("*", "GET", "*", "*", "soon"))).isEqualTo(400);
		assertThat(store("<Rule />")).isEqualTo(400);
		assertThat(store(rule("*", "GET", "*", "*", "1").repeat(6))).isEqualTo(400);
		assertThat(preflight("https://a.example", "PUT", "Accept").status()).isEqualTo(200);
	}

}
