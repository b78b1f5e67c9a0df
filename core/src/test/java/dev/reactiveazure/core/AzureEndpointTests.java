package dev.reactiveazure.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AzureEndpoint}.
 */
class AzureEndpointTests {

	@Test
	void dropsSlashesAtItsEnd() {
		assertThat(new AzureEndpoint("https://shop.table.core.windows.net//").address())
			.isEqualTo("https://shop.table.core.windows.net");
	}

	@Test
	void keepsPathAndPort() {
		AzureEndpoint endpoint = new AzureEndpoint("http://127.0.0.1:10002/devstoreaccount1");
		assertThat(endpoint.path()).isEqualTo("/devstoreaccount1");
		assertThat(endpoint.port()).isEqualTo(10002);
		assertThat(endpoint.isLoopback()).isTrue();
		assertThat(endpoint.isSecure()).isFalse();
	}

	@Test
	void isEqualToOneOfTheSameAddress() {
		AzureEndpoint endpoint = new AzureEndpoint("https://shop.host/a");
		assertThat(endpoint).isEqualTo(new AzureEndpoint("https://shop.host/a/"))
			.hasSameHashCodeAs(new AzureEndpoint("https://shop.host/a/"))
			.isNotEqualTo(new AzureEndpoint("https://shop.host/b"))
			.hasToString("https://shop.host/a");
	}

	@Test
	void knowsTheSchemesPort() {
		assertThat(new AzureEndpoint("https://shop.eventgrid.azure.net").port()).isEqualTo(443);
		assertThat(new AzureEndpoint("http://shop.eventgrid.azure.net").port()).isEqualTo(80);
	}

	@Test
	void refusesAQueryWithoutRepeatingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureEndpoint("https://shop.host/?sv=1&sig=secret"))
			.withMessageContaining("query")
			.withMessageContaining("https://shop.host/")
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesWhatIsNoHttpUrl() {
		for (String text : new String[] { "shop.host", "ftp://shop.host", "https://", "https:/shop", "not a url" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new AzureEndpoint(text))
				.withMessageContaining("endpoint");
		}
	}

	@Test
	void knowsThatANameLikeALoopbackAddressIsNone() {
		assertThat(new AzureEndpoint("http://127.0.0.1").isLoopback()).isTrue();
		assertThat(new AzureEndpoint("http://127.example.org").isLoopback()).isFalse();
	}

	@Test
	void refusesAPortThatDoesNotExist() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureEndpoint("http://shop.host:70000"))
			.withMessageContaining("http://shop.host:70000");
	}

	@Test
	void hidesUserInformationOfAnAddressThatIsWrongOtherwiseToo() {
		for (String text : new String[] { "https://joe:secret@my_host", "https://joe:secret@shop host",
				"ftp://joe:secret@shop.host" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new AzureEndpoint(text))
				.withMessageNotContaining("secret");
		}
	}

	@Test
	void refusesUserInformationWithoutShowingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureEndpoint("https://joe:secret@shop.host"))
			.withMessageNotContaining("secret");
	}

}
