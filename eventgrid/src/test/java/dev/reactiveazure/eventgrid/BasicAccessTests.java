package dev.reactiveazure.eventgrid;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link BasicAccess}, through the builder.
 */
class BasicAccessTests {

	private static final String URL = "https://orders.westeurope-1.eventgrid.azure.net/api/events";

	@ParameterizedTest
	@CsvSource({ URL + ",orders", URL + "/,orders", "https://proxy.example/eg/orders,proxy.example",
			"http://127.0.0.1:4711/api/events,127.0.0.1", "https://proxy.example,proxy.example" })
	void keepsThePathOfTheEndpoint(String endpoint, String topic) {
		try (EventGridBasicClient client = EventGridBasicClient.builder()
			.endpoint(endpoint)
			.credential(new AzureCredential.AccessKey("k3y="))
			.build()) {
			assertThat(client.endpoint().address()).isEqualTo(endpoint.replaceAll("/$", ""));
			assertThat(client.cloudEvents().topic()).isEqualTo(topic);
		}
	}

	@ParameterizedTest
	@CsvSource({ "https://shop.westeurope-1.eventgrid.azure.net, EventGridNamespaceClient",
			"https://shop.westeurope-1.eventgrid.azure.net/, /api/events",
			"https://shop.westeurope-1.eventgrid.azure.net/topics/orders:publish, EventGridNamespaceClient",
			"https://orders.westeurope-1.eventgrid.azure.net//api/events, //",
			"https://orders.westeurope-1.eventgrid.azure.net/api/events?api-version=2018-01-01, 'api-version'" })
	void explainsTheUrlOfSomethingElse(String endpoint, String part) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventGridBasicClient.builder().endpoint(endpoint))
			.withMessageContaining(part);
	}

	@Test
	void recognisesANamespaceThatIsNoText() {
		AzureEndpoint namespace = new AzureEndpoint("https://shop.westeurope-1.eventgrid.azure.net");
		assertThatIllegalArgumentException().isThrownBy(() -> EventGridBasicClient.builder().endpoint(namespace))
			.withMessageContaining("EventGridNamespaceClient");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?aeg-sas-key=s3cret", "?api-version=2018-01-01&aeg-sas-token=s3cret" })
	void doesNotRepeatAKeyInTheEndpoint(String query) {
		assertThatIllegalArgumentException().isThrownBy(() -> EventGridBasicClient.builder().endpoint(URL + query))
			.withMessageContaining("credential")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("s3cret"));
	}

	@Test
	void saysWhichCredentialTheBasicTierTakes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridBasicClient.builder().credential(new AzureCredential.Sas("sv=1&sig=s3cret")))
			.withMessageContaining("EventGridSas")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("s3cret"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridBasicClient.builder().credential(new AzureCredential.SharedKey("a", "czNj")))
			.withMessageContaining("storage account")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("czNj"));
	}

	@Test
	void saysWhatIsMissing() {
		assertThatIllegalStateException().isThrownBy(() -> EventGridBasicClient.builder().build())
			.withMessageContaining("endpoint");
		assertThatIllegalStateException().isThrownBy(() -> EventGridBasicClient.builder().endpoint(URL).build())
			.withMessageContaining("credential");
	}

	@Test
	void makesAScopeOfAnAudience() {
		assertThat(NamespaceAccess.scope("https://eventgrid.azure.net"))
			.isEqualTo("https://eventgrid.azure.net/.default");
		assertThat(NamespaceAccess.scope("https://eventgrid.azure.us/"))
			.isEqualTo("https://eventgrid.azure.us/.default");
	}

}
