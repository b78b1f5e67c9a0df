package dev.reactiveazure.core.pipeline;

import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.core.RequestOptions;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Carries out calls: observe, retry, sign, send, read, map errors.
 * <p>
 * Each subscription is a call of its own. Values are emitted on the thread that received
 * the answer's last byte; cancelling closes the connection that the call uses. What fails
 * is an {@link dev.reactiveazure.core.AzureException}, but for what a request's body
 * throws while it is written, or its path, headers or signature while they are made,
 * which is emitted as it is and before anything is sent.
 */
public final class RequestPipeline {

	private final PipelineSettings settings;

	private final Transport transport;

	private final WriterPool writers = new WriterPool();

	private final CallIds callIds = new CallIds();

	private final TargetUris uris;

	private final ErrorBodies errorBodies;

	private final RetryPolicy retryPolicy;

	private volatile boolean closed;

	public RequestPipeline(PipelineSettings settings) {
		this.settings = settings;
		this.uris = new TargetUris(settings.endpoint());
		this.transport = Transport.of(settings.connector(), settings.endpoint(), this.uris);
		this.errorBodies = new ErrorBodies(settings.clock());
		this.retryPolicy = new RetryPolicy(settings.options().retry(), settings.random());
	}

	/**
	 * Carry out a call.
	 * @param request what to do
	 * @param <T> the value's type
	 * @return the value, or nothing where the reader found none
	 */
	public <T> Mono<T> execute(AzureRequest<T> request) {
		return Mono.deferContextual((context) -> start(request, context));
	}

	/**
	 * Refuse calls from now on. Idempotent; calls on their way go on.
	 */
	public void close() {
		this.closed = true;
		this.settings.signer().close();
	}

	private <T> Mono<T> start(AzureRequest<T> request, ContextView context) {
		RequestOptions options = RequestOptions.from(context);
		if (this.settings.observationRegistry().isNoop()) {
			return new Exchange<>(this, request, options, null).run();
		}
		AzureOperationContext operation = new AzureOperationContext(
				request.operation().sendsMessages() ? Kind.PRODUCER : Kind.CLIENT, request.operation().name(),
				request.resource(), this.settings.endpoint());
		operation.planned(context.getOrDefault(AzureOperationContext.PLAN, null));
		Observation observation = observation(operation, context);
		return new ObservedCall<>(() -> new Exchange<>(this, request, options, operation).run(), observation);
	}

	private Observation observation(AzureOperationContext operation, ContextView context) {
		ObservationRegistry registry = this.settings.observationRegistry();
		@Nullable Observation parent = context.getOrDefault(ObservedCall.CONTEXT_KEY, null);
		return Observation.createNotStarted(null, this.settings.observationConvention(), () -> operation, registry)
			.parentObservation(parent)
			.start();
	}

	PipelineSettings settings() {
		return this.settings;
	}

	Transport transport() {
		return this.transport;
	}

	WriterPool writers() {
		return this.writers;
	}

	TargetUris uris() {
		return this.uris;
	}

	CallIds callIds() {
		return this.callIds;
	}

	ErrorBodies errorBodies() {
		return this.errorBodies;
	}

	RetryPolicy retryPolicy() {
		return this.retryPolicy;
	}

	boolean isClosed() {
		return this.closed;
	}

}
