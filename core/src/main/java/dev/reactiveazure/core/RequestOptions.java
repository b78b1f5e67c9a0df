package dev.reactiveazure.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.util.Assert;

/**
 * Options of single calls, which go before those of the client. They travel in Reactor's
 * context, so that they reach every request of what they are applied to:
 *
 * <pre class="code">
 * RequestOptions.none().withResponseTimeout(Duration.ofSeconds(2)).applyTo(client.get("ada", "7"))
 * </pre>
 *
 * @param responseTimeout time one try may take, positive; {@code null} for the client's
 * @param retry what is tried again, and when; {@code null} for the client's
 * @param clientRequestId id under which the service logs the requests; {@code null} for a
 * new one each
 * @param headers further headers; none that the client sets to sign or frame a request
 * @param onResponse told of each answer before it is read, on the thread that received
 * it; {@code null} for nobody. Must not block; what it throws fails the call.
 */
public record RequestOptions(@Nullable Duration responseTimeout, @Nullable RetryOptions retry,
		@Nullable String clientRequestId, Map<String, String> headers, @Nullable Consumer<ResponseInfo> onResponse) {

	private static final Set<String> RESERVED = Set.of("authorization", "content-length", "content-type", "date",
			"host", "transfer-encoding", "x-ms-date", "aeg-sas-key", "aeg-sas-token", "x-ms-client-request-id");

	private static final RequestOptions NONE = new RequestOptions(null, null, null, Map.of(), null);

	public RequestOptions {
		Assert.isTrue(responseTimeout == null || responseTimeout.compareTo(Duration.ZERO) > 0,
				"responseTimeout must be positive");
		for (String name : headers.keySet()) {
			Assert.isTrue(!RESERVED.contains(name.toLowerCase(Locale.ROOT)),
					() -> "The header '" + name + "' is set by the client");
		}
		headers = Map.copyOf(headers);
	}

	/**
	 * Return options that change nothing.
	 */
	public static RequestOptions none() {
		return NONE;
	}

	/**
	 * Return the options that a context holds.
	 * @return the options; {@link #none()} where it holds none
	 */
	public static RequestOptions from(ContextView context) {
		return context.hasKey(RequestOptions.class) ? context.get(RequestOptions.class) : NONE;
	}

	public RequestOptions withResponseTimeout(@Nullable Duration responseTimeout) {
		return new RequestOptions(responseTimeout, this.retry, this.clientRequestId, this.headers, this.onResponse);
	}

	public RequestOptions withRetry(@Nullable RetryOptions retry) {
		return new RequestOptions(this.responseTimeout, retry, this.clientRequestId, this.headers, this.onResponse);
	}

	public RequestOptions withClientRequestId(@Nullable String clientRequestId) {
		return new RequestOptions(this.responseTimeout, this.retry, clientRequestId, this.headers, this.onResponse);
	}

	/**
	 * Return options with one more header.
	 * @throws IllegalArgumentException if the client sets that header itself
	 */
	public RequestOptions withHeader(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new RequestOptions(this.responseTimeout, this.retry, this.clientRequestId, headers, this.onResponse);
	}

	public RequestOptions withOnResponse(@Nullable Consumer<ResponseInfo> onResponse) {
		return new RequestOptions(this.responseTimeout, this.retry, this.clientRequestId, this.headers, onResponse);
	}

	/**
	 * Apply the options to a call.
	 * @param call what a client returned
	 * @return the call under these options
	 */
	public <T> Mono<T> applyTo(Mono<T> call) {
		return call.contextWrite(this::writeTo);
	}

	/**
	 * Apply the options to each request of calls.
	 * @param calls what a client returned
	 * @return the calls under these options
	 */
	public <T> Flux<T> applyTo(Flux<T> calls) {
		return calls.contextWrite(this::writeTo);
	}

	/**
	 * Put the options into a context.
	 * @return the context with these options, in place of any
	 */
	public Context writeTo(Context context) {
		return context.put(RequestOptions.class, this);
	}

}
