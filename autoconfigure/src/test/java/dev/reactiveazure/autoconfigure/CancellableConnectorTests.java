package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CancellableConnectorTests {

	private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	@BeforeEach
	void listen() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void reset() {
		Hooks.resetOnErrorDropped();
	}

	@Test
	void takesTheConfirmationOfACancelForNoError() {
		cancel(() -> new CompletionException(new CancellationException("Request cancelled")));
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void hidesNoOtherErrorThatComesTooLate() {
		IOException late = new IOException("reset");
		cancel(() -> late);
		assertThat(this.dropped).containsExactly(late);
	}

	@Test
	void leavesThemToTheCallersHookWhereThereIsOne() {
		Queue<Throwable> callers = new ConcurrentLinkedQueue<>();
		Consumer<Throwable> hook = callers::add;
		IOException late = new IOException("reset");
		exchange(() -> late).contextWrite((context) -> context.put("reactor.onErrorDropped.local", hook))
			.subscribe()
			.dispose();
		assertThat(callers).containsExactly(late);
		assertThat(this.dropped).isEmpty();
	}

	private static void cancel(Supplier<Throwable> confirmation) {
		exchange(confirmation).subscribe().dispose();
	}

	private static Mono<ClientHttpResponse> exchange(Supplier<Throwable> confirmation) {
		CompletableFuture<ClientHttpResponse> exchange = new CompletableFuture<>() {

			@Override
			public boolean cancel(boolean mayInterrupt) {
				return completeExceptionally(confirmation.get());
			}

		};
		ClientHttpConnector connector = new CancellableConnector((method, uri, request) -> Mono.fromFuture(exchange));
		return connector.connect(HttpMethod.GET, URI.create("http://shop.example.com"),
				(request) -> request.setComplete());
	}

}
