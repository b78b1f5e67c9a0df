package dev.reactiveazure.tables.template;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.UpdateMode;
import org.jspecify.annotations.Nullable;

/**
 * Options of one write. Immutable.
 *
 * @param mode what becomes of stored properties that the entity does not have;
 * {@code null} for the default of class or template. Not looked at by inserts and deletes
 * @param condition what must hold of the stored entity; {@code null} for what the
 * entity's version says. With one, an upsert is an update; an insert takes none
 */
public record WriteOptions(@Nullable UpdateMode mode, @Nullable MatchCondition condition) {

	private static final WriteOptions DEFAULTS = new WriteOptions(null, null);

	/**
	 * Return the options that change nothing.
	 */
	public static WriteOptions defaults() {
		return DEFAULTS;
	}

	public WriteOptions withMode(UpdateMode mode) {
		return new WriteOptions(mode, this.condition);
	}

	public WriteOptions withCondition(MatchCondition condition) {
		return new WriteOptions(this.mode, condition);
	}

	/**
	 * Write over the stored entity only while it is of that version, whichever version
	 * the given one has.
	 */
	public WriteOptions ifUnchangedSince(ETag version) {
		return withCondition(MatchCondition.unchangedSince(version));
	}

	/**
	 * Write over the stored entity whichever its version: what others wrote since is
	 * lost.
	 */
	public WriteOptions ifExists() {
		return withCondition(MatchCondition.any());
	}

}
