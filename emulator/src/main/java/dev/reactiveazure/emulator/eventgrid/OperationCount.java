package dev.reactiveazure.emulator.eventgrid;

/**
 * How often an operation was asked for, and of how much. Refused requests (a status other
 * than 200) are not counted.
 *
 * @param requests the number of requests
 * @param items the events or lock tokens in all these requests, failed tokens included
 * @param failedTokens the lock tokens that were answered with a failure
 */
public record OperationCount(long requests, long items, long failedTokens) {

	static final OperationCount NONE = new OperationCount(0, 0, 0);

	/**
	 * The mean number of items per request.
	 * @return the mean, 0 if there was no request
	 */
	public double meanItems() {
		return (this.requests == 0) ? 0 : (double) this.items / this.requests;
	}

	OperationCount plus(long moreItems, long moreFailedTokens) {
		return new OperationCount(this.requests + 1, this.items + moreItems, this.failedTokens + moreFailedTokens);
	}

}
