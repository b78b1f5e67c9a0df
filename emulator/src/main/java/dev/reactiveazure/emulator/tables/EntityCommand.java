package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A write on one entity: what becomes of the version it finds.
 */
sealed interface EntityCommand {

	EntityKey key();

	/**
	 * Computes the next version; changes nothing.
	 * @param current the version that is there, or null
	 * @param now the timestamp of the next version
	 * @return the next version, or null if the entity is to go
	 * @throws Refusal if the write is not possible
	 */
	@Nullable StoredEntity apply(@Nullable StoredEntity current, Instant now);

	/** Creates an entity that must not exist. */
	record Insert(EntityKey key, Map<String, EdmValue> properties) implements EntityCommand {

		@Override
		public StoredEntity apply(@Nullable StoredEntity current, Instant now) {
			if (current != null) {
				throw new Refusal(409, "EntityAlreadyExists", "The specified entity already exists.");
			}
			return Limits.checked(StoredEntity.of(this.key, now, this.properties));
		}

	}

	/** Drops all properties for the sent ones. */
	record Replace(EntityKey key, IfMatch condition, Map<String, EdmValue> properties) implements EntityCommand {

		@Override
		public StoredEntity apply(@Nullable StoredEntity current, Instant now) {
			EntityCommand.check(this.condition, current);
			return Limits.checked(StoredEntity.of(this.key, now, this.properties));
		}

	}

	/** Lays the sent properties over the stored ones. */
	record Merge(EntityKey key, IfMatch condition, Map<String, EdmValue> properties) implements EntityCommand {

		@Override
		public StoredEntity apply(@Nullable StoredEntity current, Instant now) {
			EntityCommand.check(this.condition, current);
			return Limits.checked((current != null) ? current.merge(now, this.properties)
					: StoredEntity.of(this.key, now, this.properties));
		}

	}

	/** Removes the entity. */
	record Delete(EntityKey key, IfMatch condition) implements EntityCommand {

		@Override
		public @Nullable StoredEntity apply(@Nullable StoredEntity current, Instant now) {
			EntityCommand.check(this.condition, current);
			return null;
		}

	}

	private static void check(IfMatch condition, @Nullable StoredEntity current) {
		if (condition instanceof IfMatch.Absent) {
			return;
		}
		if (current == null) {
			throw Refusal.resourceNotFound();
		}
		if (condition instanceof IfMatch.Exactly exactly && !exactly.etag().equals(current.etag())) {
			throw new Refusal(412, "UpdateConditionNotSatisfied",
					"The update condition specified in the request was not satisfied.");
		}
	}

}
