package dev.reactiveazure.autoconfigure;

import dev.reactiveazure.core.ClientOptions;
import dev.reactiveazure.core.PoolOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PropertyDefaultsTests {

	private final HttpProperties http = new HttpProperties();

	private final RetryProperties retry = new RetryProperties();

	private final ClientOptionsMapper mapper = new ClientOptionsMapper("azure.tables", this.http, this.retry);

	@Test
	void clientOptionsAreTheLibrarysDefaults() {
		assertThat(this.mapper.clientOptions("here")).isEqualTo(ClientOptions.defaults().withConfiguredBy("here"));
	}

	@Test
	void poolOptionsAreTheLibrarysDefaults() {
		assertThat(this.mapper.poolOptions()).isEqualTo(PoolOptions.defaults());
	}

	@Test
	void namesTheGroupOfAPoolOptionOutOfRange() {
		this.http.setMaxConnections(0);
		assertThatExceptionOfType(InvalidAzurePropertyException.class).isThrownBy(this.mapper::poolOptions)
			.withMessage("The value of 'azure.tables.http.*' is not valid: maxConnections must be at least 1");
	}

	@Test
	void namesTheGroupOfARetryOptionOutOfRange() {
		this.retry.setJitter(2);
		assertThatExceptionOfType(InvalidAzurePropertyException.class)
			.isThrownBy(() -> this.mapper.clientOptions("here"))
			.withMessageContaining("'azure.tables.retry.*'")
			.withMessageContaining("jitter");
	}

}
