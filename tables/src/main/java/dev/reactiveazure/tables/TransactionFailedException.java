package dev.reactiveazure.tables;

import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ServiceFailureException;
import org.jspecify.annotations.Nullable;

/**
 * The service refused an operation of a transaction, and so changed nothing.
 * <p>
 * {@link #refusal()}, which is also the cause, says by its type what was wrong with that
 * operation, as if it had been sent alone.
 */
public final class TransactionFailedException extends ServiceFailureException {

	private final transient AzureServiceException refusal;

	private final @Nullable Integer operationIndex;

	private final transient @Nullable TableKey key;

	TransactionFailedException(AzureServiceException refusal, @Nullable Integer operationIndex,
			@Nullable Change<?> change) {
		super(refusal.call(), refusal.error(), remedy(operationIndex, change));
		this.refusal = refusal;
		this.operationIndex = operationIndex;
		this.key = (change != null) ? change.key() : null;
	}

	private static String remedy(@Nullable Integer operationIndex, @Nullable Change<?> change) {
		String culprit = (operationIndex != null && change != null) ? "it was " + change.describe(operationIndex)
				: "the service does not say which operation it was";
		return "Nothing was changed; " + culprit;
	}

	/**
	 * Return which operation was refused.
	 * @return its index in the transaction, from 0; {@code null} where the service does
	 * not say
	 */
	public @Nullable Integer operationIndex() {
		return this.operationIndex;
	}

	/**
	 * Return the key of the entity whose operation was refused.
	 * @return the key; {@code null} where the service does not say
	 */
	public @Nullable TableKey key() {
		return this.key;
	}

	/**
	 * Return the service's error code.
	 * @return the code, such as {@code EntityAlreadyExists}; {@code null} when it gave
	 * none
	 */
	public @Nullable String code() {
		return error().code();
	}

	/**
	 * Return what was wrong with the operation, as if it had been sent alone.
	 * @return such as {@link dev.reactiveazure.core.AlreadyExistsException}
	 */
	public AzureServiceException refusal() {
		return this.refusal;
	}

	@Override
	public synchronized Throwable getCause() {
		return this.refusal;
	}

}
