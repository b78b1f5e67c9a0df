package dev.reactiveazure.eventgrid.listener;

import org.springframework.util.Assert;

/**
 * Thrown by a batch handler at the event that it could not handle: those before it are
 * handled, it fails with the cause, and those after it are released at once, to come
 * again.
 */
public class BatchFailureException extends RuntimeException {

	private final int index;

	/**
	 * Create an exception.
	 * @param index the place of the event in the list that the handler got, from 0
	 * @param cause why it could not be handled
	 * @throws IllegalArgumentException if the index is negative
	 */
	public BatchFailureException(int index, Throwable cause) {
		super("The event at index " + index + " of the batch could not be handled", cause);
		Assert.isTrue(index >= 0, () -> "index must not be negative, but was " + index);
		this.index = index;
	}

	/**
	 * Return which event could not be handled.
	 * @return its place in the list, from 0
	 */
	public int index() {
		return this.index;
	}

}
