package dev.reactiveazure.emulator.tables;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Exchange;
import dev.reactiveazure.emulator.http.Headers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What limits a shared access signature beside its permissions: where it is used from,
 * over which protocol, and the stored access policy that it names.
 */
class SharedAccessTests {

	private static final Instant NOW = Instant.parse("2026-04-23T18:25:43Z");

	private static final String EXPIRY = "2026-12-31T00:00:00Z";

	private static final String ENTITIES = "/devstoreaccount1/Orders()";

	private static final String TABLES = "/devstoreaccount1/Tables";

	private final AzureEmulator emulator = AzureEmulator.builder()
		.eventGrid(false)
		.clock(MovableClock.startingAt(NOW))
		.start();

	private final SignedClient owner = new SignedClient(this.emulator.tablesEndpoint(), NOW);

	@BeforeEach
	void createTable() {
		assertThat(this.owner.write("POST", "/Tables", "{\"TableName\":\"Orders\"}").statusCode()).isEqualTo(201);
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.7, 10.0.0.7, 200", "10.0.0.7, 10.0.0.8, 403", "10.0.0.7-10.0.1.2, 10.0.0.255, 200",
			"10.0.0.7-10.0.1.2, 10.0.0.7, 200", "10.0.0.7-10.0.1.2, 10.0.1.2, 200", "10.0.0.7-10.0.1.2, 10.0.0.6, 403",
			"10.0.0.7-10.0.1.2, 10.0.1.3, 403", "10.0.0.7, ::1, 403", "10.0.0.7, '', 403", "nowhere, 10.0.0.7, 403",
			"10.0.0.300, 10.0.0.7, 403", "10.0.0.1-10.0.0.9-10.0.0.9, 10.0.0.7, 403" })
	void letsInTheAddressesThatItNames(String range, String address, int status) {
		for (EmulatorResponse response : List.of(send("http", address, ENTITIES, tableSas(Map.of("sip", range))),
				send("http", address, TABLES, accountSas(Map.of("sip", range))))) {
			assertThat(response.status()).as(response.bodyText()).isEqualTo(status);
			if (status == 403) {
				assertThat(response.bodyText()).contains("AuthorizationSourceIPMismatch")
					.contains("This request is not authorized to perform this operation using this source IP.");
			}
		}
	}

	@Test
	void looksAtTheAddressOfTheConnection() {
		assertThat(get(tableSas(Map.of("sip", "127.0.0.1"))).statusCode()).isEqualTo(200);
		assertThat(get(tableSas(Map.of("sip", "127.0.0.2"))).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@CsvSource({ "https, https, 200, ''", "https, http, 403, AuthorizationProtocolMismatch",
			"'https,http', http, 200, ''", "'https,http', https, 200, ''", "http, http, 403, AuthenticationFailed" })
	void keepsToItsProtocols(String protocols, String scheme, int status, String code) {
		for (EmulatorResponse response : List.of(
				send(scheme, "127.0.0.1", ENTITIES, tableSas(Map.of("spr", protocols))),
				send(scheme, "127.0.0.1", TABLES, accountSas(Map.of("spr", protocols))))) {
			assertThat(response.status()).as(response.bodyText()).isEqualTo(status);
			assertThat(response.bodyText()).contains(code);
		}
	}

	@Test
	void refusesAWrongSignatureBeforeItLooksAtTheRest() {
		String token = tableSas(Map.of("sip", "10.0.0.7", "spr", "https")) + "x";
		assertThat(send("http", "127.0.0.1", ENTITIES, token).bodyText()).contains("AuthenticationFailed");
	}

	@Test
	void takesTimesAndPermissionsFromItsPolicyAtOnce() {
		String token = tableSas(Map.of("sp", "", "se", "", "si", "reader"));
		assertThat(get(token).body()).contains("AuthenticationFailed");
		storePolicy("<Expiry>2026-04-24</Expiry><Permission>r</Permission>");
		assertThat(get(token).statusCode()).isEqualTo(200);
		storePolicy("<Expiry>2026-04-24</Expiry><Permission>a</Permission>");
		assertThat(get(token).body()).contains("AuthorizationPermissionMismatch");
		storePolicy("<Start>2026-04-24</Start><Expiry>2026-04-25</Expiry><Permission>r</Permission>");
		assertThat(get(token).body()).contains("AuthenticationFailed");
		storePolicy("<Expiry>2026-04-23</Expiry><Permission>r</Permission>");
		assertThat(get(token).body()).contains("AuthenticationFailed");
	}

	@Test
	void completesItsPolicyWithFieldsOfItsOwn() {
		storePolicy("<Permission>r</Permission>");
		assertThat(get(tableSas(Map.of("sp", "", "si", "reader"))).statusCode()).isEqualTo(200);
		assertThat(get(tableSas(Map.of("sp", "", "se", "", "si", "reader"))).body()).contains("AuthenticationFailed");
	}

	@ParameterizedTest
	@CsvSource({ "sp,r", "se,2026-12-31T00:00:00Z", "st,2026-01-01T00:00:00Z" })
	void givesNoFieldBesideItsPolicy(String name, String value) {
		storePolicy("<Start>2026-01-01</Start><Expiry>2026-12-31</Expiry><Permission>r</Permission>");
		Map<String, String> fields = new LinkedHashMap<>(Map.of("sp", "", "se", "", "si", "reader"));
		assertThat(get(tableSas(fields)).statusCode()).isEqualTo(200);
		fields.put(name, value);
		HttpResponse<String> response = get(tableSas(fields));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.body()).contains("AuthenticationFailed");
	}

	private void storePolicy(String content) {
		String xml = "<SignedIdentifiers><SignedIdentifier><Id>reader</Id><AccessPolicy>" + content
				+ "</AccessPolicy></SignedIdentifier></SignedIdentifiers>";
		assertThat(this.owner.write("PUT", "/Orders?comp=acl", xml, "Content-Type", "application/xml").statusCode())
			.isEqualTo(204);
	}

	private HttpResponse<String> get(String token) {
		URI uri = URI.create(this.emulator.tablesEndpoint() + "/Orders()?" + token);
		return this.owner.sendUnsigned("GET", uri, null, Map.of("Accept", "application/json"));
	}

	private EmulatorResponse send(String scheme, String address, String path, String token) {
		EmulatorRequest request = new EmulatorRequest("id", "GET", path, token,
				Headers.NONE.with("Accept", "application/json"), new byte[0], scheme, "localhost", address,
				Exchange.detached());
		return Objects.requireNonNull(this.emulator.tables().handle(request).block());
	}

	private static String accountSas(Map<String, String> changes) {
		Map<String, String> fields = new LinkedHashMap<>(Map.of("sp", "rl", "ss", "t", "srt", "sco", "se", EXPIRY));
		fields.put("sv", "2019-02-02");
		fields.putAll(changes);
		return signed(fields,
				"devstoreaccount1\n" + List.of("sp", "ss", "srt", "st", "se", "sip", "spr", "sv")
					.stream()
					.map((name) -> fields.getOrDefault(name, "") + "\n")
					.collect(Collectors.joining()));
	}

	private static String tableSas(Map<String, String> changes) {
		Map<String, String> fields = new LinkedHashMap<>(Map.of("tn", "Orders", "sp", "r", "se", EXPIRY));
		fields.put("sv", "2019-02-02");
		fields.putAll(changes);
		String start = values(fields, List.of("sp", "st", "se"));
		String end = values(fields, List.of("si", "sip", "spr", "sv", "spk", "srk", "epk", "erk"));
		return signed(fields, start + "\n/table/devstoreaccount1/orders\n" + end);
	}

	private static String values(Map<String, String> fields, List<String> names) {
		return names.stream().map((name) -> fields.getOrDefault(name, "")).collect(Collectors.joining("\n"));
	}

	private static String signed(Map<String, String> fields, String text) {
		return fields.entrySet()
			.stream()
			.filter((field) -> !field.getValue().isEmpty())
			.map((field) -> field.getKey() + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&")) + "&sig=" + encoded(SignedClient.hmac(text));
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
