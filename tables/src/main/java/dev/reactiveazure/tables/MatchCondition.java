package dev.reactiveazure.tables;

/**
 * What must hold of the stored entity for a replace, merge or delete.
 * <p>
 * There is no way to leave it out: without {@code If-Match} the service would take a
 * replace for an upsert, so that a lost ETag would overwrite what others wrote.
 */
public sealed interface MatchCondition {

	/**
	 * Return the condition that the entity exists, in whichever version.
	 */
	static MatchCondition any() {
		return Any.INSTANCE;
	}

	/**
	 * Return the condition that the entity exists and is still of that version.
	 */
	static MatchCondition unchangedSince(ETag version) {
		return new UnchangedSince(version);
	}

	/**
	 * Return the value of {@code If-Match}.
	 */
	String headerValue();

	/**
	 * The entity exists.
	 */
	enum Any implements MatchCondition {

		/** The only one. */
		INSTANCE;

		@Override
		public String headerValue() {
			return "*";
		}

	}

	/**
	 * The entity exists in one version.
	 *
	 * @param version the version
	 */
	record UnchangedSince(ETag version) implements MatchCondition {

		@Override
		public String headerValue() {
			return this.version.value();
		}

	}

}
