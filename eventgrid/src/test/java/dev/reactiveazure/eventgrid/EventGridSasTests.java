package dev.reactiveazure.eventgrid;

import java.time.Instant;
import java.util.Locale;

import dev.reactiveazure.core.AzureCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventGridSas}: the worked examples of tokens that Microsoft's clients
 * make.
 */
class EventGridSasTests {

	private static final AzureCredential.AccessKey KEY = new AzureCredential.AccessKey(
			"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");

	private static final String ENDPOINT = "https://mytopic.westus2-1.eventgrid.azure.net/api/events";

	private static final String RESOURCE = "r=https%3A%2F%2Fmytopic.westus2-1.eventgrid.azure.net%2Fapi%2Fevents";

	private static final Instant EXPIRY = Instant.parse("2026-01-02T03:04:05Z");

	@Test
	void makesTheTokenOfMicrosoftsClientForGo() {
		assertThat(EventGridSas.generate(ENDPOINT, KEY, EXPIRY).token())
			.isEqualTo(RESOURCE + "&e=2026-01-02T03%3A04%3A05Z&s=6yTtPgucORPQ0pJAYrQLjnvjIm6UZfx8rOlYkzixzVU%3D");
	}

	@Test
	void makesTheTokenOfMicrosoftsClientForJava() {
		assertThat(EventGridSas.generate(ENDPOINT, KEY, EXPIRY, EventGridSas.Form.VERSIONED).token())
			.isEqualTo(RESOURCE + "%3Fapi-version%3D2018-01-01&e=1%2F2%2F2026+3%3A4%3A5+AM"
					+ "&s=ZWEVdqHJsezwXhrV9N3RnZ4UgVPHQQ4SzA9jK6WbCLc%3D");
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05%2B00%3A00&s=0twsV95pJM7h6TVZ9f%2FLoYMXMq6llpivrjTZWZrNeQw%3D",
			"%3FapiVersion%3D2018-01-01&e=2026-01-02%2003%3A04%3A05&s=UYuSGUfj9qv8qhuwWlYNE%2FgPa7jNFziOJdBcVMydH%2Fg%3D",
			"%3FapiVersion%3D2018-01-01&e=1%2F2%2F2026%203%3A04%3A05%20AM&s=9XedmgSOdSOKyAlKt05CM3CK4AKfdoV1SJlRtiauLA8%3D",
			"%3Fapi-version%3D2018-01-01&e=1%2F2%2F2026+3%3A4%3A5+AM&s=ZWEVdqHJsezwXhrV9N3RnZ4UgVPHQQ4SzA9jK6WbCLc%3D",
			"&e=2026-01-02T03%3A04%3A05Z&s=6yTtPgucORPQ0pJAYrQLjnvjIm6UZfx8rOlYkzixzVU%3D" })
	void takesTokensThatOthersMadeAsTheyAre(String token) {
		AzureCredential.Sas sas = new AzureCredential.Sas(RESOURCE + token);
		BasicAccess.requireAccepted(sas);
		assertThat(sas.token()).isEqualTo(RESOURCE + token);
	}

	@Test
	void doesNotDependOnTheMachinesLanguage() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.JAPAN);
			assertThat(EventGridSas.generate(ENDPOINT, KEY, EXPIRY, EventGridSas.Form.VERSIONED).token())
				.contains("+AM&s=");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void cutsTheExpiryToTheSecond() {
		assertThat(EventGridSas.generate(ENDPOINT, KEY, EXPIRY.plusNanos(999)))
			.isEqualTo(EventGridSas.generate(ENDPOINT, KEY, EXPIRY));
		assertThat(EventGridSas.generate(ENDPOINT, KEY, Instant.parse("2026-01-02T03:04:00Z")).token())
			.contains("T03%3A04%3A00Z");
	}

	@Test
	void explainsAKeyThatIsNotBase64WithoutShowingIt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridSas.generate(ENDPOINT, new AzureCredential.AccessKey("s3cret!"), EXPIRY))
			.withMessageContaining("Base64")
			.satisfies((error) -> assertThat(error).hasMessageNotContaining("s3cret").hasNoCause());
	}

	@Test
	void wantsTheCompleteUrlOfTheTopic() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventGridSas.generate("https://shop.westeurope-1.eventgrid.azure.net", KEY, EXPIRY))
			.withMessageContaining("/api/events");
	}

}
