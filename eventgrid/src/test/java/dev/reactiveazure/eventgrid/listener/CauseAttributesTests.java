package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event tells of the error that it met.
 */
class CauseAttributesTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://x.blob.core.windows.net/a?sv=1&sig=c2VjcmV0&se=2",
			"AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=x", "Authorization: Bearer c2VjcmV0",
			"password=c2VjcmV0", "{\"access_key\": \"c2VjcmV0\"}", "Authorization: SharedAccessKey c2VjcmV0",
			"aeg-sas-key: c2VjcmV0", "token=c2VjcmV0 was refused" })
	@Requirement("L14")
	void hasNoCredential(String message) {
		assertThat(CauseAttributes.message(new IllegalStateException(message))).doesNotContain("c2VjcmV0")
			.contains("***");
	}

	@Test
	void hasNoHalfCredentialEither() {
		String message = "x".repeat(990) + " sig=c2VjcmV0c2VjcmV0";
		assertThat(CauseAttributes.message(new IllegalStateException(message))).doesNotContain("c2V")
			.hasSizeLessThanOrEqualTo(1_000);
	}

	@Test
	void leavesOrdinaryMessagesAlone() {
		assertThat(CauseAttributes.message(new IllegalStateException("Order 7 has no customer; id=7")))
			.isEqualTo("Order 7 has no customer; id=7");
	}

	@Test
	void hasNoCharactersThatAttributesMustNotHave() {
		assertThat(CauseAttributes.message(new IllegalStateException("a\nb\u0000c\uD800d"))).isEqualTo("a b c d");
		assertThat(CauseAttributes.message(new IllegalStateException())).isEqualTo("IllegalStateException");
	}

}
