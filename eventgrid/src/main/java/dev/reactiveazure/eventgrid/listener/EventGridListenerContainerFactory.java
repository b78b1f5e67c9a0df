package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Makes listener containers. Immutable, thread-safe.
 */
public final class EventGridListenerContainerFactory {

	private final Function<String, EventGridNamespaceClient> connections;

	private final ContainerOptions options;

	private final ContainerServices services;

	private final Function<String, @Nullable EventRateLimit> rateLimits;

	private EventGridListenerContainerFactory(Builder builder) {
		this.connections = builder.connections;
		this.options = builder.options;
		this.rateLimits = builder.rateLimits;
		this.services = new ContainerServices(
				new ErrorHandling(builder.errorHandler, builder.errorClassifier, builder.recoverer),
				builder.settlementListener, builder.executors, builder.observationRegistry,
				builder.observationConvention, builder.eventPublisher, builder.metrics, builder.timing(),
				builder.interceptors);
	}

	/**
	 * Start a factory.
	 * @param connections gives the client of a named connection, the container's to use
	 * but not to close; throws an {@link IllegalArgumentException} that says which names
	 * there are for an unknown one
	 * @return a builder
	 */
	public static Builder builder(Function<String, EventGridNamespaceClient> connections) {
		return new Builder(connections);
	}

	public ContainerOptions options() {
		return this.options;
	}

	/**
	 * Make a container, not yet started.
	 * @param endpoint what it listens to
	 * @return a new container
	 * @throws IllegalArgumentException if there is no such connection or the endpoint's
	 * values don't fit the options
	 */
	public EventGridListenerContainer create(EventGridListenerEndpoint endpoint) {
		ContainerOptions effective = endpoint.applyTo(this.options);
		EventGridNamespaceClient client = this.connections.apply(endpoint.connection());
		EventBroker broker = new ReceiverBroker(client.receiver(endpoint.topic(), endpoint.subscription()),
				this.rateLimits.apply(endpoint.connection()));
		return new EventGridListenerContainer(endpoint, broker, effective, this.services);
	}

	/**
	 * Collects what containers need. Not thread-safe.
	 */
	public static final class Builder {

		private final Function<String, EventGridNamespaceClient> connections;

		private ContainerOptions options = ContainerOptions.defaults();

		private ListenerErrorHandler errorHandler = ListenerErrorHandler.undecided();

		private ErrorClassifier errorClassifier = ErrorClassifier.defaults();

		private @Nullable EventRecoverer recoverer;

		private SettlementListener settlementListener = SettlementListener.none();

		private HandlerExecutorFactory executors = HandlerExecutorFactory.platformThreads();

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private ObservationConvention<EventProcessContext> observationConvention = new EventProcessObservationConvention();

		private Function<String, @Nullable EventRateLimit> rateLimits = (connection) -> null;

		private ApplicationEventPublisher eventPublisher = (event) -> {
		};

		private ListenerMetrics metrics = ListenerMetrics.none();

		private List<EventInterceptor> interceptors = List.of();

		private @Nullable Scheduler scheduler;

		private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

		private Builder(Function<String, EventGridNamespaceClient> connections) {
			this.connections = connections;
		}

		/**
		 * Set how containers work.
		 * @param options the options; default {@link ContainerOptions#defaults()}
		 * @return this builder
		 */
		public Builder options(ContainerOptions options) {
			this.options = options;
			return this;
		}

		/**
		 * Set who decides about events that could not be handled.
		 * @param errorHandler the error handler; {@code null}, the default, stands for
		 * {@link ListenerErrorHandler#undecided()}, which leaves it to the container
		 * @return this builder
		 */
		public Builder errorHandler(@Nullable ListenerErrorHandler errorHandler) {
			this.errorHandler = (errorHandler != null) ? errorHandler : ListenerErrorHandler.undecided();
			return this;
		}

		/**
		 * Set how to tell errors that every delivery of an event will meet from those
		 * that may pass.
		 * @param errorClassifier the classifier; default
		 * {@link ErrorClassifier#defaults()}
		 * @return this builder
		 */
		public Builder errorClassifier(ErrorClassifier errorClassifier) {
			this.errorClassifier = errorClassifier;
			return this;
		}

		/**
		 * Set who brings events into safety that can't be handled.
		 * @param recoverer the recoverer; {@code null}, the default, for none
		 * @return this builder
		 */
		public Builder recoverer(@Nullable EventRecoverer recoverer) {
			this.recoverer = recoverer;
			return this;
		}

		/**
		 * Set who is told how deliveries ended.
		 * @param settlementListener the listener; default none
		 * @return this builder
		 */
		public Builder settlementListener(SettlementListener settlementListener) {
			this.settlementListener = settlementListener;
			return this;
		}

		/**
		 * Set where blocking handlers run.
		 * @param executors makes executors; default
		 * {@link HandlerExecutorFactory#platformThreads()}
		 * @return this builder
		 */
		public Builder executors(HandlerExecutorFactory executors) {
			this.executors = executors;
			return this;
		}

		/**
		 * Set where handling is observed.
		 * @param observationRegistry the registry; default none
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry observationRegistry) {
			this.observationRegistry = observationRegistry;
			return this;
		}

		/**
		 * Set names and keys of the observation of handling.
		 * @param observationConvention the convention; default
		 * {@link EventProcessObservationConvention}
		 * @return this builder
		 */
		public Builder observationConvention(ObservationConvention<EventProcessContext> observationConvention) {
			this.observationConvention = observationConvention;
			return this;
		}

		/**
		 * Set how many events may be received a second from each connection, by all
		 * containers together.
		 * @param rateLimits gives the limit of a named connection, the same one each
		 * time; {@code null} for none. Default: none for any
		 * @return this builder
		 */
		public Builder rateLimits(Function<String, @Nullable EventRateLimit> rateLimits) {
			this.rateLimits = rateLimits;
			return this;
		}

		/**
		 * Set where is published what happens to containers.
		 * @param eventPublisher is given a {@link ContainerEvent} each time; default none
		 * @return this builder
		 */
		public Builder eventPublisher(ApplicationEventPublisher eventPublisher) {
			this.eventPublisher = eventPublisher;
			return this;
		}

		/**
		 * Set what keeps count of what containers do.
		 * @param metrics the metrics, such as {@link MicrometerListenerMetrics}; default
		 * none
		 * @return this builder
		 */
		public Builder metrics(ListenerMetrics metrics) {
			this.metrics = metrics;
			return this;
		}

		/**
		 * Set what looks at each event before and after it is handled.
		 * @param interceptors the interceptors, the outermost first; default none
		 * @return this builder
		 */
		public Builder interceptors(List<EventInterceptor> interceptors) {
			this.interceptors = List.copyOf(interceptors);
			return this;
		}

		/**
		 * Set what runs timers and tells the time.
		 * @param scheduler the scheduler, not owned; default
		 * {@link reactor.core.scheduler.Schedulers#parallel()}
		 * @return this builder
		 */
		public Builder scheduler(@Nullable Scheduler scheduler) {
			this.scheduler = scheduler;
			return this;
		}

		/**
		 * Set the source of jitter.
		 * @param random gives numbers from 0 (inclusive) to 1 (exclusive), on any thread
		 * @return this builder
		 */
		public Builder random(DoubleSupplier random) {
			this.random = random;
			return this;
		}

		private Timing timing() {
			return (this.scheduler != null) ? Timing.of(this.scheduler, this.random) : Timing.ofMachine(this.random);
		}

		/**
		 * Make the factory.
		 * @return the factory
		 */
		public EventGridListenerContainerFactory build() {
			return new EventGridListenerContainerFactory(this);
		}

	}

}
