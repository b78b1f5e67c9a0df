package dev.reactiveazure.tables;

/**
 * A transaction that the service would refuse, found before anything was sent.
 */
public final class InvalidTransactionException extends InvalidEntityException {

	private final int operationIndex;

	InvalidTransactionException(String property, int operationIndex, String message) {
		super(property, message);
		this.operationIndex = operationIndex;
	}

	/**
	 * Return the operation that can't be in the transaction.
	 * @return its index, from 0; -1 where it is the transaction as a whole
	 */
	public int operationIndex() {
		return this.operationIndex;
	}

}
