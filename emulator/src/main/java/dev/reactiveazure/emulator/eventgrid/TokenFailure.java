package dev.reactiveazure.emulator.eventgrid;

/**
 * Why a lock token can't be settled.
 *
 * @param lockToken the token as it was sent
 * @param code the reason
 */
record TokenFailure(String lockToken, Code code) {

	enum Code {

		/** Settled before, expired, or no longer renewable: the service doesn't tell. */
		TOKEN_LOST("TokenLost", "Token has expired."),

		/** Never given out by this subscription. */
		BAD_TOKEN("BadToken", "The lock token is not valid for this event subscription.");

		final String wire;

		final String message;

		Code(String wire, String message) {
			this.wire = wire;
			this.message = message;
		}

	}

}
