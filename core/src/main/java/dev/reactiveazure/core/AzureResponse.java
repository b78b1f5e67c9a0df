package dev.reactiveazure.core;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The value of a call, with the head of the answer that it came in.
 *
 * <pre class="code">
 * AzureResponse.of(client.insert(order)).doOnNext((response) -&gt; log.info(response.info().requestId()))
 * </pre>
 *
 * @param <T> the value's type
 * @param value the value; {@code null} where the call completes without one
 * @param info the head of the call's last answer
 */
public record AzureResponse<T>(@Nullable T value, ResponseInfo info) {

	/**
	 * Ask a call for its answer's head too.
	 * @param call what a client returned
	 * @return the call's value, with the head of its last answer; the call's error.
	 * {@link IllegalStateException} where the call completes without having sent a
	 * request
	 */
	public static <T> Mono<AzureResponse<T>> of(Mono<T> call) {
		return Mono.defer(() -> {
			AtomicReference<@Nullable ResponseInfo> last = new AtomicReference<>();
			return call.map((value) -> response(value, last))
				.switchIfEmpty(Mono.fromSupplier(() -> response(null, last)))
				.contextWrite((context) -> RequestOptions.from(context).withOnResponse(last::set).writeTo(context));
		});
	}

	private static <T> AzureResponse<T> response(@Nullable T value, AtomicReference<@Nullable ResponseInfo> last) {
		ResponseInfo info = last.get();
		if (info == null) {
			throw new IllegalStateException("The call sent no request");
		}
		return new AzureResponse<>(value, info);
	}

}
