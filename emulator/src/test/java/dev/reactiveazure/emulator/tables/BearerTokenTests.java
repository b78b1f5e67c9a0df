package dev.reactiveazure.emulator.tables;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.reactiveazure.emulator.AzureEmulator;

import static org.assertj.core.api.Assertions.assertThat;

class BearerTokenTests {

	private static final String CHALLENGE = "Bearer authorization_uri=https://login.microsoftonline.com/emulator/oauth2/authorize "
			+ "resource_id=https://storage.azure.com";

	private static HttpResponse<String> get(AzureEmulator emulator, String target, String authorization,
			String version) {
		return new SignedClient(emulator.tablesEndpoint(), Instant.EPOCH).sendUnsigned("GET",
				URI.create(emulator.tablesEndpoint() + target), null, Map.of("Authorization", authorization,
						"x-ms-version", version, "Accept", "application/json", "DataServiceVersion", "3.0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2019-02-02", "2020-12-06" })
	void takesAnyTokenWhenToldTo(String version) {
		try (AzureEmulator emulator = AzureEmulator.builder().acceptBearerTokens(true).start()) {
			assertThat(get(emulator, "/Tables", "Bearer abc", version).statusCode()).isEqualTo(200);
			assertThat(get(emulator, "/?restype=service&comp=properties", "Bearer abc", version).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void givesNoTokenAccessToPolicies() {
		try (AzureEmulator emulator = AzureEmulator.builder().acceptBearerTokens(true).start()) {
			HttpResponse<String> response = get(emulator, "/Orders?comp=acl", "Bearer opaque", "2020-12-06");
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("AuthorizationFailure");
		}
	}

	@Test
	void challengesAnEmptyToken() {
		try (AzureEmulator emulator = AzureEmulator.builder().acceptBearerTokens(true).start()) {
			assertThat(get(emulator, "/Tables", "Bearer", "2020-12-06").statusCode()).isEqualTo(401);
		}
	}

	@Test
	void challengesEveryTokenByDefault() {
		try (AzureEmulator emulator = AzureEmulator.builder().start()) {
			HttpResponse<String> response = get(emulator, "/Tables", "Bearer opaque", "2020-12-06");
			assertThat(response.statusCode()).isEqualTo(401);
			assertThat(response.body()).contains("InvalidAuthenticationInfo").doesNotContain("opaque");
			assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue(CHALLENGE);
		}
	}

	@Test
	void doesNotChallengeOldVersionsAndAnswersThemInXml() {
		try (AzureEmulator emulator = AzureEmulator.builder().start()) {
			HttpResponse<String> response = get(emulator, "/Tables", "Bearer abc", "2019-07-07");
			assertThat(response.statusCode()).isEqualTo(403);
			assertThat(response.body()).contains("<m:code>AuthenticationFailed</m:code>");
			assertThat(response.headers().firstValue("x-ms-error-code")).hasValue("AuthenticationFailed");
			assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
		}
	}

}
