package dev.reactiveazure.tables;

import java.time.Clock;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.webclient.SigningFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Filters for a {@code WebClient} that prove to the Table service who is calling, for
 * requests that our clients do not know. Need spring-webflux.
 * <p>
 * They add what authorises, {@code x-ms-date} included, and nothing else: path,
 * {@code x-ms-version} and content type are the caller's. Put them behind any filter that
 * changes a request. A request to any other host than the endpoint's fails with an
 * {@link IllegalArgumentException}, so that the credential goes nowhere else.
 */
public final class TablesExchangeFilters {

	private TablesExchangeFilters() {
	}

	/**
	 * Return a filter for requests to a Table service, in a storage account or in Cosmos
	 * DB.
	 * @param endpoint the service's address, such as
	 * {@code https://shop.table.core.windows.net}
	 * @param credential an {@link AzureCredential.SharedKey}, an
	 * {@link AzureCredential.Sas} or an {@link AzureCredential.Token}
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if the endpoint is no absolute http or https URL,
	 * the service does not take such a credential, or a token would travel over plain
	 * HTTP
	 */
	public static ExchangeFilterFunction forService(String endpoint, AzureCredential credential) {
		return filter(new AzureEndpoint(endpoint), credential, null);
	}

	/**
	 * Return a filter for requests to a Table service whose host does not tell what its
	 * tokens are good for: one in a cloud of its own, or behind another name.
	 * @param endpoint the service's address
	 * @param credential as for {@link #forService(String, AzureCredential)}
	 * @param audience what tokens are asked for, such as
	 * {@code https://storage.azure.us}; keys and signatures do without
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException as for
	 * {@link #forService(String, AzureCredential)}
	 */
	public static ExchangeFilterFunction forService(String endpoint, AzureCredential credential, String audience) {
		return filter(new AzureEndpoint(endpoint), credential, audience);
	}

	private static ExchangeFilterFunction filter(AzureEndpoint service, AzureCredential credential,
			@Nullable String audience) {
		Signers signers = new Signers(SignatureScheme.SHARED_KEY, TableServiceKind.of(service), null, audience,
				Clock.systemUTC());
		return new SigningFilter(service, signers.signer(credential, service));
	}

	/**
	 * Return a filter for requests to the Table service that a connection string names.
	 * @param connectionString a storage account's connection string, or
	 * {@code UseDevelopmentStorage=true}
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if a part is missing or malformed; the message
	 * names it, and shows no key
	 */
	public static ExchangeFilterFunction forConnectionString(String connectionString) {
		ConnectionString parsed = ConnectionString.parse(connectionString);
		return filter(parsed.endpoint(), parsed.credential(), null);
	}

}
