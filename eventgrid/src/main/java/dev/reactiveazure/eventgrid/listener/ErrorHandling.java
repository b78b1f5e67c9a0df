package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.Nullable;

/**
 * What users say about failures, for all containers of a factory.
 *
 * @param errorHandler decides first; where it says nothing, the container does
 * @param classifier tells fatal errors from transient ones
 * @param recoverer brings events into safety, {@code null} if there is none
 */
record ErrorHandling(ListenerErrorHandler errorHandler, ErrorClassifier classifier,
		@Nullable EventRecoverer recoverer) {

	/**
	 * Return the same with an error handler of one listener, if it has one.
	 */
	ErrorHandling with(@Nullable ListenerErrorHandler own) {
		return (own != null) ? new ErrorHandling(own, this.classifier, this.recoverer) : this;
	}

	/**
	 * Return the same, called on a listener's threads.
	 */
	ErrorHandling calledOn(UserThreads threads) {
		EventRecoverer given = this.recoverer;
		return new ErrorHandling((event, error) -> threads.call(() -> this.errorHandler.handle(event, error)),
				this.classifier, (given != null) ? (failed) -> threads.call(() -> given.recover(failed)) : null);
	}

	static ErrorHandling of(ListenerErrorHandler errorHandler) {
		return new ErrorHandling(errorHandler, ErrorClassifier.defaults(), null);
	}

}
