package dev.reactiveazure.emulator.tables;

/**
 * What an authenticated caller may do.
 */
interface Grant {

	/**
	 * Refuses an operation that the caller has no right to.
	 * @param right what the operation needs
	 * @param table the table, or empty if it is about none
	 * @throws Refusal if the right is not granted
	 */
	void check(Right right, String table);

	/**
	 * Whether an entity is within the caller's range of keys.
	 */
	boolean covers(EntityKey key);

	/**
	 * Refuses a write outside of the caller's range of keys.
	 */
	default void checkCovers(EntityKey key) {
		if (!covers(key)) {
			throw Refusal.authorizationFailure();
		}
	}

	/**
	 * The caller has a bearer token: access policies are not for it.
	 */
	record TokenHolder() implements Grant {

		@Override
		public void check(Right right, String table) {
			if (!right.grantable()) {
				throw Refusal.authorizationFailure();
			}
		}

		@Override
		public boolean covers(EntityKey key) {
			return true;
		}

	}

	/**
	 * The caller has the account key.
	 */
	record Owner() implements Grant {

		@Override
		public void check(Right right, String table) {
		}

		@Override
		public boolean covers(EntityKey key) {
			return true;
		}

	}

}
