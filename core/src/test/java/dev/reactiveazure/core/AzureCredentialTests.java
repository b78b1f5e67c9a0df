package dev.reactiveazure.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AzureCredential}.
 */
class AzureCredentialTests {

	private static final String SECRET = "c2VjcmV0LXNlY3JldA==";

	@Test
	void masksItsSecretInToString() {
		assertThat(new AzureCredential.SharedKey("shop", SECRET)).asString().contains("shop").doesNotContain(SECRET);
		assertThat(new AzureCredential.AccessKey(SECRET)).asString().doesNotContain(SECRET);
		assertThat(new AzureCredential.Sas("sv=2020&sig=" + SECRET)).asString().doesNotContain(SECRET);
	}

	@Test
	void refusesAnAccountKeyThatIsNotBase64WithoutShowingIt() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureCredential.SharedKey("shop", "§§secret§§"))
			.withMessageContaining("not valid Base64")
			.withMessageNotContaining("secret")
			.withNoCause();
	}

	@Test
	void refusesASharedAccessSignatureWithoutSignature() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureCredential.Sas("sv=2020&se=tomorrow"))
			.withMessageContaining("'sig'")
			.withMessageNotContaining("tomorrow");
	}

	@Test
	void dropsTheQuestionMarkOfASharedAccessSignature() {
		assertThat(new AzureCredential.Sas("?sv=2020&sig=x").token()).isEqualTo("sv=2020&sig=x");
	}

	@Test
	void refusesAnAccessKeyThatNoHeaderCanCarry() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AzureCredential.AccessKey("key\r\nEvil: yes"))
			.withMessageNotContaining("Evil");
	}

	@Test
	void refusesASignatureThatNoQueryCanCarryWithoutShowingIt() {
		for (String token : new String[] { "sv=1&sig=sec ret", "sv=1&sig=secret\r\nX-Other: 1", "sv=1&sig=secret#1",
				"sv=1&sig=secret%zz", "sv=1&sig=s\u00e9cret" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> new AzureCredential.Sas(token))
				.withMessageContaining("must be encoded")
				.withMessageNotContaining("cret");
		}
	}

	@Test
	void refusesAnAccountNameThatNoHeaderCanCarry() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new AzureCredential.SharedKey("shop\r\nX-Other: 1", "a2V5"))
			.withMessageContaining("account name");
	}

}
