package dev.reactiveazure.eventgrid;

import java.time.Clock;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.webclient.SigningFilter;

import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Filters for a {@code WebClient} that prove to Event Grid who is calling, for requests
 * that our clients do not know. Need spring-webflux.
 * <p>
 * They add what authorises, and nothing else: path, {@code api-version} and content type
 * are the caller's. Put them behind any filter that changes a request. A request to any
 * other host than the endpoint's fails with an {@link IllegalArgumentException}, so that
 * the credential goes nowhere else.
 */
public final class EventGridExchangeFilters {

	private EventGridExchangeFilters() {
	}

	/**
	 * Return a filter for requests to a namespace.
	 * @param endpoint the namespace's HTTP host as a URL
	 * @param credential an {@link AzureCredential.AccessKey} or an
	 * {@link AzureCredential.Token}
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if endpoint or credential belong to the Basic
	 * tier, or a token would travel over plain HTTP
	 */
	public static ExchangeFilterFunction forNamespace(String endpoint, AzureCredential credential) {
		return forNamespace(endpoint, credential, NamespaceAccess.AUDIENCE);
	}

	/**
	 * Return a filter for requests to a namespace in a cloud of its own.
	 * @param endpoint the namespace's HTTP host as a URL
	 * @param credential an {@link AzureCredential.AccessKey} or an
	 * {@link AzureCredential.Token}
	 * @param audience what tokens are asked for; keys do without
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if endpoint or credential belong to the Basic
	 * tier, or a token would travel over plain HTTP
	 */
	public static ExchangeFilterFunction forNamespace(String endpoint, AzureCredential credential, String audience) {
		AzureEndpoint namespace = NamespaceAccess.endpoint(endpoint);
		return new SigningFilter(namespace, NamespaceAccess.signer(credential, namespace, audience, Clock.systemUTC()));
	}

	/**
	 * Return a filter for requests to a topic, domain or partner namespace of the Basic
	 * tier.
	 * @param endpoint the complete URL, with its path
	 * @param credential an {@link AzureCredential.AccessKey}, an
	 * {@link AzureCredential.Sas} or an {@link AzureCredential.Token}
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if endpoint or credential belong to a namespace,
	 * or a token would travel over plain HTTP
	 */
	public static ExchangeFilterFunction forBasic(String endpoint, AzureCredential credential) {
		return forBasic(endpoint, credential, NamespaceAccess.AUDIENCE);
	}

	/**
	 * Return a filter for requests to the Basic tier in a cloud of its own.
	 * @param endpoint the complete URL, with its path
	 * @param credential an {@link AzureCredential.AccessKey}, an
	 * {@link AzureCredential.Sas} or an {@link AzureCredential.Token}
	 * @param audience what tokens are asked for; keys and signatures do without
	 * @return a thread-safe filter
	 * @throws IllegalArgumentException if endpoint or credential belong to a namespace,
	 * or a token would travel over plain HTTP
	 */
	public static ExchangeFilterFunction forBasic(String endpoint, AzureCredential credential, String audience) {
		AzureEndpoint topic = BasicAccess.endpoint(endpoint);
		return new SigningFilter(topic, BasicAccess.signer(credential, topic, audience, Clock.systemUTC()));
	}

}
