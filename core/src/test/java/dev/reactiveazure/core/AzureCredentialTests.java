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

}
