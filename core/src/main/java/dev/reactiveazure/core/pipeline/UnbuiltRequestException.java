package dev.reactiveazure.core.pipeline;

/**
 * Carries what was thrown while target, headers or signature were made: the next try
 * would throw it too.
 */
final class UnbuiltRequestException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final RuntimeException reason;

	UnbuiltRequestException(RuntimeException reason) {
		super(null, reason, false, false);
		this.reason = reason;
	}

	RuntimeException reason() {
		return this.reason;
	}

}
