package dev.reactiveazure.benchmarks.listener;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerEndpoint;
import dev.reactiveazure.eventgrid.listener.EventHandler;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import reactor.core.publisher.Mono;

/**
 * A client, and one listener of it that counts what was acknowledged.
 */
final class Listening implements AutoCloseable {

	static final String TOPIC = "orders";

	static final String SUBSCRIPTION = "billing";

	private final EventGridNamespaceClient client;

	private final EventGridListenerContainer container;

	private final AtomicLong acknowledged = new AtomicLong();

	private Listening(EventGridNamespaceClient client, ContainerOptions options, EventHandler handler) {
		this.client = client;
		this.container = EventGridListenerContainerFactory.builder((connection) -> client)
			.options(options)
			.settlementListener((event, outcome) -> {
				if (outcome == EventOutcome.ACKNOWLEDGED) {
					this.acknowledged.incrementAndGet();
				}
			})
			.build()
			.create(EventGridListenerEndpoint.of("figures", TOPIC, SUBSCRIPTION, handler));
	}

	static EventGridNamespaceClient client(URI service) {
		return EventGridNamespaceClient.builder()
			.endpoint(service.toString())
			.credential(new AzureCredential.AccessKey(EventGridSettings.DEFAULT_KEY))
			.build();
	}

	static Listening to(URI service, Consumer<ContainerOptions.Builder> options, EventHandler handler) {
		ContainerOptions.Builder builder = ContainerOptions.builder()
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false));
		options.accept(builder);
		Listening listening = new Listening(client(service), builder.build(), handler);
		listening.container.start();
		return listening;
	}

	long acknowledged() {
		return this.acknowledged.get();
	}

	/**
	 * Wait until so many events were acknowledged.
	 */
	void await(long count) {
		while (this.acknowledged.get() < count) {
			Mono.delay(java.time.Duration.ofMillis(1)).block();
		}
	}

	@Override
	public void close() {
		this.container.stop();
		this.client.close();
	}

}
