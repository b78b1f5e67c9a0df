package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.AzureCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link NamespaceAccess}, through the builder.
 */
class NamespaceAccessTests {

	private static final String URL = "https://shop.westeurope-1.eventgrid.azure.net";

	private static final AzureCredential KEY = new AzureCredential.AccessKey("k3y=");

	@ParameterizedTest
	@ValueSource(strings = { URL, URL + "/", URL + "///" })
	void leavesOutSlashesAtTheEnd(String endpoint) {
		try (EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint(endpoint)
			.credential(KEY)
			.build()) {
			assertThat(client.endpoint().address()).isEqualTo(URL);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { URL + "/api/events", URL + "/API/events/" })
	void recognisesTheUrlOfABasicTopic(String endpoint) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(endpoint))
			.withMessageContaining("Basic topic")
			.withMessageContaining("https://{namespace}.{region}-1.eventgrid.azure.net");
	}

	@Test
	void recognisesTheUrlOfOneTopic() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(URL + "/topics/orders:publish"))
			.withMessageContaining("topics by their names");
	}

	@Test
	void explainsDoubledSlashes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(URL + "//proxied"))
			.withMessageContaining("//");
	}

	@Test
	void explainsThatTheVersionIsNotPartOfTheEndpoint() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(URL + "?api-version=2024-06-01"))
			.withMessageContaining("'api-version'")
			.withMessageContaining("'" + URL + "'");
	}

	@Test
	void doesNotRepeatAKeyInTheEndpoint() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(URL + "/api/events?aeg-sas-key=s3cret"))
			.withMessageContaining("aeg-sas-key")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("s3cret"));
	}

	@Test
	void saysWhichCredentialANamespaceTakes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().credential(new AzureCredential.Sas("sig=s3cret")))
			.withMessageContaining("shared access signatures")
			.withMessageContaining("EventGridBasicClient")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("s3cret"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridNamespaceClient.builder().credential(new AzureCredential.SharedKey("a", "czNj")))
			.withMessageContaining("storage account")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("czNj"));
	}

	@Test
	void saysWhatIsMissing() {
		assertThatIllegalStateException().isThrownBy(() -> EventGridNamespaceClient.builder().build())
			.withMessageContaining("endpoint");
		assertThatIllegalStateException().isThrownBy(() -> EventGridNamespaceClient.builder().endpoint(URL).build())
			.withMessageContaining("credential");
	}

	@Test
	void refusesBlankNames() {
		try (EventGridNamespaceClient client = EventGridNamespaceClient.builder()
			.endpoint(URL)
			.credential(KEY)
			.build()) {
			assertThatIllegalArgumentException().isThrownBy(() -> client.publisher(" ")).withMessageContaining("topic");
			assertThatIllegalArgumentException().isThrownBy(() -> client.receiver("orders", ""))
				.withMessageContaining("subscription");
		}
	}

}
