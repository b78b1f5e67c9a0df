package dev.reactiveazure.eventgrid.listener.simulation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;

/**
 * Knows how many calls have begun and not ended, and what was read of their answers.
 */
final class CountedConnector implements ClientHttpConnector {

	private final ClientHttpConnector delegate;

	private final AtomicInteger open = new AtomicInteger();

	private final Queue<String> read = new ConcurrentLinkedQueue<>();

	CountedConnector(ClientHttpConnector delegate) {
		this.delegate = delegate;
	}

	int open() {
		return this.open.get();
	}

	/**
	 * Return whether a text was in an answer that was read to its end.
	 */
	boolean hasRead(String text) {
		return this.read.stream().anyMatch((answer) -> answer.contains(text));
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.defer(() -> {
			AtomicBoolean ended = new AtomicBoolean();
			this.open.incrementAndGet();
			return this.delegate.connect(method, uri, requestCallback)
				.<ClientHttpResponse>map((response) -> new Counted(response, this.read::add, () -> end(ended)))
				.doOnError((error) -> end(ended))
				.doOnCancel(() -> end(ended));
		});
	}

	private void end(AtomicBoolean ended) {
		if (ended.compareAndSet(false, true)) {
			this.open.decrementAndGet();
		}
	}

	private static final class Counted extends ClientHttpResponseDecorator {

		private final Consumer<String> onRead;

		private final Runnable onEnd;

		Counted(ClientHttpResponse delegate, Consumer<String> onRead, Runnable onEnd) {
			super(delegate);
			this.onRead = onRead;
			this.onEnd = onEnd;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			StringBuilder text = new StringBuilder();
			return super.getBody().doOnNext((chunk) -> text.append(chunk.toString(StandardCharsets.US_ASCII)))
				.doOnComplete(() -> this.onRead.accept(text.toString()))
				.doFinally((signal) -> this.onEnd.run());
		}

	}

}
