package dev.reactiveazure.benchmarks.eventgrid;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.function.Function;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.models.CloudEvent;
import com.azure.core.models.CloudEventDataFormat;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.messaging.eventgrid.EventGridPublisherAsyncClient;
import com.azure.messaging.eventgrid.EventGridPublisherClientBuilder;
import reactor.core.publisher.Mono;

/**
 * Microsoft's asynchronous client of the Basic tier with its defaults, but without
 * retries. Its user builds CloudEvents with JSON data. It has no client of namespaces in
 * the public registry, so that it does not receive.
 */
final class MicrosoftPeer implements EventGridPeer {

	private final EventGridPublisherAsyncClient<CloudEvent> client;

	private final Function<Batch.Payload, BinaryData> data;

	MicrosoftPeer(URI stub, Function<Batch.Payload, BinaryData> data) {
		this.data = data;
		this.client = new EventGridPublisherClientBuilder()
			.endpoint("https://orders.westeurope-1.eventgrid.azure.net/api/events")
			.credential(new AzureKeyCredential(KEY))
			.retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
			.httpClient(new PlainHttp(HttpClient.createDefault(), url(stub)))
			.buildCloudEventPublisherAsyncClient();
	}

	private static URL url(URI stub) {
		try {
			return stub.resolve("/api/events?api-version=2018-01-01").toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException("No address of a stub: " + stub, ex);
		}
	}

	/**
	 * Data that the client is to write as JSON.
	 */
	static BinaryData record(Batch.Payload payload) {
		return BinaryData.fromObject(payload.order());
	}

	/**
	 * Data that is JSON already.
	 */
	static BinaryData prepared(Batch.Payload payload) {
		return BinaryData.fromBytes(payload.json());
	}

	@Override
	public Mono<Void> publish(Batch batch) {
		return (batch.size() == 1) ? this.client.sendEvent(event(batch.first()))
				: this.client.sendEvents(batch.payloads().stream().map(this::event).toList());
	}

	private CloudEvent event(Batch.Payload payload) {
		return new CloudEvent(SOURCE, TYPE, this.data.apply(payload), CloudEventDataFormat.JSON, "application/json")
			.setSubject(payload.order().id());
	}

	/**
	 * Sends over plain HTTP what the client insists on sending over TLS.
	 */
	private record PlainHttp(HttpClient delegate, URL stub) implements HttpClient {

		@Override
		public Mono<HttpResponse> send(HttpRequest request) {
			return this.delegate.send(request.setUrl(this.stub));
		}

		@Override
		public Mono<HttpResponse> send(HttpRequest request, Context context) {
			return this.delegate.send(request.setUrl(this.stub), context);
		}

	}

}
