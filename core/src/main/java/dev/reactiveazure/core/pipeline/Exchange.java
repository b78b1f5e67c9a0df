package dev.reactiveazure.core.pipeline;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.RequestOptions;
import dev.reactiveazure.core.ResponseInfo;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ServiceFailureException;
import io.netty.buffer.ByteBuf;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.channel.AbortedException;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * One call from its first try to its end.
 * <p>
 * Holds the encoded body until then, so that each try sends the same bytes. Signals of
 * one call are serial, so its state needs no guard.
 *
 * @param <T> type of the call's value
 */
final class Exchange<T> implements Attempt.Steps<T> {

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");

	private static final AsciiString CLIENT_REQUEST_ID = AsciiString.cached("x-ms-client-request-id");

	private final RequestPipeline pipeline;

	private final AzureRequest<T> request;

	private final RequestOptions options;

	private final RetryPolicy retryPolicy;

	private final @Nullable AzureOperationContext observed;

	private final CharSequence callId;

	private final Duration timeout;

	private final Attempt<T> attempt;

	private final long startMillis;

	private @Nullable EncodedBody body;

	private int tries;

	private boolean maybeApplied;

	private RequestSigner signer;

	private @Nullable SentRequest sent;

	Exchange(RequestPipeline pipeline, AzureRequest<T> request, RequestOptions options,
			@Nullable AzureOperationContext observed) {
		this.pipeline = pipeline;
		this.request = request;
		this.options = options;
		this.retryPolicy = pipeline.retryPolicy().with(options.retry());
		this.observed = observed;
		this.signer = pipeline.settings().signer().current();
		this.callId = (options.clientRequestId() != null) ? options.clientRequestId() : pipeline.callIds().next();
		this.timeout = timeout();
		this.attempt = new Attempt<>(this, this.timeout, pipeline.settings().scheduler(), pipeline.writers(),
				pipeline.settings().options().maxResponseSize());
		this.startMillis = now();
	}

	private Duration timeout() {
		if (this.options.responseTimeout() != null) {
			return this.options.responseTimeout();
		}
		return (this.request.timeout() != null) ? this.request.timeout()
				: this.pipeline.settings().options().responseTimeout();
	}

	Mono<T> run() {
		if (this.pipeline.isClosed()) {
			return Mono.error(new NotSentException(call(), "the client is closed", null));
		}
		this.retryPolicy.called();
		if (this.request.body() == null) {
			return this.attempt.onErrorResume(this::tryAgain);
		}
		EncodedBody encoded = encode(this.request.body());
		this.body = encoded;
		Mono<T> tried = this.attempt.onErrorResume(this::tryAgain);
		return (encoded instanceof EncodedBody.Pooled pooled) ? tried.doFinally((signal) -> release(pooled, signal))
				: tried;
	}

	private EncodedBody encode(RequestBody source) {
		JsonWriter writer = this.pipeline.writers().take();
		try {
			source.write(writer, trace());
			return EncodedBody.of(writer.sink());
		}
		finally {
			this.pipeline.writers().give(writer);
		}
	}

	/**
	 * Return the headers by which the call's trace travels.
	 */
	private Map<String, String> trace() {
		Map<String, String> carrier = (this.observed != null) ? this.observed.getCarrier() : null;
		return (carrier != null) ? carrier : Map.of();
	}

	/**
	 * Release the body. A call that is given up leaves that to the thread that writes,
	 * which may be about to take the body: a buffer that is free is soon another call's.
	 */
	private void release(EncodedBody.Pooled body, SignalType signal) {
		SentRequest last = this.sent;
		if (signal == SignalType.ON_COMPLETE || last == null) {
			body.release();
		}
		else {
			last.cancel(body::release, null);
		}
	}

	@Override
	public Mono<ClientHttpResponse> send(SentRequest sending) {
		this.tries++;
		this.sent = sending;
		if (this.observed != null) {
			this.observed.attempted(this.tries);
		}
		Mono<Void> preparation = this.signer.prepare();
		return (preparation != null) ? preparation.onErrorMap(this::unprepared).then(Mono.defer(() -> connect(sending)))
				: connect(sending);
	}

	private NotSentException unprepared(Throwable error) {
		return new NotSentException(call(), "no token: " + error.getMessage(), error);
	}

	private Mono<ClientHttpResponse> connect(SentRequest sending) {
		String target = target();
		return this.pipeline.transport().send(this.request.operation().method(), target, new Sending(target, sending));
	}

	private String target() {
		try {
			return this.signer.authorise(this.request.pathAndQuery());
		}
		catch (RuntimeException ex) {
			throw new UnbuiltRequestException(ex);
		}
	}

	private void setHeaders(HeaderSink headers, String target) {
		headers.set(CLIENT_REQUEST_ID, this.callId);
		CharSequence contentType = null;
		if (this.request.body() != null) {
			contentType = this.request.body().contentType();
			headers.set(CONTENT_TYPE, contentType);
		}
		this.request.headers().apply(headers);
		if (!this.options.headers().isEmpty()) {
			// To find an empty map empty takes forEach 70 B.
			this.options.headers().forEach(headers::set);
		}
		Map<String, String> trace = trace();
		if (!trace.isEmpty()) {
			trace.forEach(headers::set);
		}
		HttpMethod method = this.request.operation().method();
		this.signer.sign(method, this.pipeline.uris().sent(method, target), contentType, headers);
	}

	@Override
	public @Nullable T read(ClientHttpResponse head, byte[] bytes, int length) {
		return read(new Answer(head.getStatusCode().value(), head.getHeaders(), bytes, length, this.maybeApplied));
	}

	private @Nullable T read(Answer answer) {
		try {
			if (this.options.onResponse() != null) {
				this.options.onResponse().accept(info(answer));
			}
			Answer refusal = this.request.reader().refusal(answer);
			if (refusal != null) {
				ServiceError error = this.pipeline.errorBodies().read(refusal);
				recordAnswer(refusal, error.code());
				throw this.pipeline.settings().errorMapper().map(call(), error);
			}
			recordAnswer(answer, null);
			return this.request.reader().read(answer);
		}
		catch (AzureException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new InvalidAnswerException(call(), "the answer can't be read: " + ex.getMessage(), ex);
		}
	}

	private static ResponseInfo info(Answer answer) {
		return new ResponseInfo(answer.status(), answer.header("x-ms-request-id"), answer.header("Date"),
				answer.header("x-ms-version"), answer.header("ETag"));
	}

	private void recordAnswer(Answer answer, @Nullable String errorCode) {
		if (this.observed != null) {
			this.observed.answered(answer.status(), errorCode, answer.header("x-ms-request-id"));
		}
	}

	private Mono<T> tryAgain(Throwable error) {
		if (error instanceof UnbuiltRequestException unbuilt) {
			return Mono.error(unbuilt.reason());
		}
		AzureException failure = failure(error);
		if (failure instanceof OutcomeUnknownException || failure instanceof ServiceFailureException) {
			// A server error or a gateway's time-out does not say that nothing was done.
			this.maybeApplied = true;
		}
		if (failure instanceof AuthenticationException && changeSigner()) {
			// The service did nothing, so any operation may be tried with another key.
			return this.attempt.onErrorResume(this::tryAgain);
		}
		Duration wait = this.retryPolicy.nextWait(failure, this.request.operation().retrySafety(), this.tries,
				Duration.ofMillis(now() - this.startMillis));
		if (wait == null) {
			return Mono.error(failure);
		}
		Mono<T> next = wait.isZero() ? this.attempt
				: Mono.delay(wait, this.pipeline.settings().scheduler()).then(this.attempt);
		return next.onErrorResume(this::tryAgain);
	}

	private boolean changeSigner() {
		RequestSigner next = this.signer.afterRefusal();
		if (next == null) {
			return false;
		}
		this.signer = next;
		return true;
	}

	private AzureException failure(Throwable error) {
		if (error instanceof AzureException known) {
			return known;
		}
		SentRequest request = this.sent;
		boolean aborted = error instanceof AbortedException;
		if (request == null || request.giveUp() || (aborted && !request.isAnswered())) {
			return new NotSentException(call(), reason(error, "no connection"), error);
		}
		if (error instanceof DataBufferLimitException && request.isSuccess()) {
			return new InvalidAnswerException(call(), reason(error, "the answer can't be read"), error);
		}
		boolean late = error instanceof TimeoutException || error instanceof ReadTimeoutException;
		boolean brokeIdle = request.isReused() && !request.isAnswered() && !late;
		return new OutcomeUnknownException(call(),
				reason(error, request.isAnswered() ? "no complete answer" : "no answer"), brokeIdle, error);
	}

	private String reason(Throwable error, String missing) {
		if (error instanceof TimeoutException) {
			return missing + " within " + this.timeout.toMillis() + " ms";
		}
		if (error instanceof ReadTimeoutException) {
			return missing + " within the read time-out of the HTTP connector";
		}
		String message = error.getMessage();
		return missing + ": " + ((message != null) ? message : error.getClass().getSimpleName());
	}

	private AttemptedCall call() {
		return new AttemptedCall(this.request.operation().description(),
				this.request.resourceKind() + " '" + this.request.resource() + "'",
				this.pipeline.settings().endpoint().address(), this.tries, this.maybeApplied,
				this.pipeline.settings().options().configuredBy());
	}

	private long now() {
		return this.pipeline.settings().scheduler().now(TimeUnit.MILLISECONDS);
	}

	/**
	 * One request of the call. A try that was given up may get its connection later, when
	 * another one is on its way.
	 */
	private final class Sending implements Transport.Outgoing {

		private final String target;

		private final SentRequest sent;

		Sending(String target, SentRequest sent) {
			this.target = target;
			this.sent = sent;
		}

		/**
		 * Return the time of a call that has its own: a read time-out of the connector's
		 * must not end a long poll, nor a call that was given more time.
		 */
		@Override
		public @Nullable Duration readTimeout() {
			boolean own = Exchange.this.request.timeout() != null || Exchange.this.options.responseTimeout() != null;
			return own ? Exchange.this.timeout.plusSeconds(1) : null;
		}

		@Override
		public void writeTo(HeaderSink headers) {
			try {
				setHeaders(headers, this.target);
			}
			catch (RuntimeException ex) {
				throw new UnbuiltRequestException(ex);
			}
		}

		@Override
		public boolean begin(@Nullable Object nativeRequest) {
			return this.sent.begin(nativeRequest);
		}

		@Override
		public boolean hasBody() {
			return Exchange.this.request.body() != null;
		}

		@Override
		public ByteBuf body() {
			return Objects.requireNonNull(Exchange.this.body, "The request has no body").buffer();
		}

	}

}
