package dev.reactiveazure.tables;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An entity as names and typed values, in order. Immutable.
 * <p>
 * A value's Java type is its {@link EdmType}: {@code String}, {@code Integer},
 * {@code Long}, {@code Double}, {@code Boolean}, {@link Instant}, {@link java.util.UUID}
 * or {@code byte[]}.
 */
public final class TableEntity {

	private final TableKey key;

	private final PropertyMap properties;

	private final @Nullable ETag etag;

	private final @Nullable Instant timestamp;

	TableEntity(TableKey key, PropertyMap properties, @Nullable ETag etag, @Nullable Instant timestamp) {
		this.key = key;
		this.properties = properties;
		this.etag = etag;
		this.timestamp = timestamp;
	}

	public static Builder builder(String partitionKey, String rowKey) {
		return builder(TableKey.of(partitionKey, rowKey));
	}

	public static Builder builder(TableKey key) {
		return new Builder(key, new PropertyMap(), false);
	}

	public TableKey key() {
		return this.key;
	}

	public String partitionKey() {
		return this.key.partitionKey();
	}

	public String rowKey() {
		return this.key.rowKey();
	}

	/**
	 * Return the version in which this was read or written.
	 * @return the version; {@code null} when it was neither
	 */
	public @Nullable ETag etag() {
		return this.etag;
	}

	/**
	 * Return when the service stored this version.
	 * @return the moment; {@code null} when this was not read, or without it
	 */
	public @Nullable Instant timestamp() {
		return this.timestamp;
	}

	/**
	 * Return a property.
	 * @return the value; {@code null} when there is no property of that name
	 */
	public @Nullable Object get(String name) {
		return this.properties.get(name);
	}

	/**
	 * Return a property of a known type.
	 * @return the value; {@code null} when there is no property of that name
	 * @throws ClassCastException if it is of another type
	 */
	public <V> @Nullable V get(String name, Class<V> type) {
		return type.cast(this.properties.get(name));
	}

	/**
	 * Return the properties, but for key and timestamp, in order.
	 * @return an unmodifiable map
	 */
	public Map<String, Object> properties() {
		return this.properties;
	}

	/**
	 * Return a builder that begins with all that this has.
	 */
	public Builder toBuilder() {
		Builder builder = new Builder(this.key, this.properties, true);
		builder.etag = this.etag;
		builder.timestamp = this.timestamp;
		return builder;
	}

	TableEntity withKey(TableKey key) {
		return new TableEntity(key, this.properties, this.etag, this.timestamp);
	}

	TableEntity withETag(ETag etag) {
		return new TableEntity(this.key, this.properties, etag, null);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TableEntity that && this.key.equals(that.key) && Objects.equals(this.etag, that.etag)
				&& Objects.equals(this.timestamp, that.timestamp) && hasPropertiesOf(that)
				&& this.properties.size() == that.properties.size();
	}

	/**
	 * Return whether each property of another entity is one of this, with an equal value.
	 */
	boolean hasPropertiesOf(TableEntity other) {
		return other.properties.entrySet()
			.stream()
			.allMatch((property) -> Objects.deepEquals(property.getValue(), this.properties.get(property.getKey())));
	}

	@Override
	public int hashCode() {
		int hash = this.key.hashCode();
		for (Map.Entry<String, Object> property : this.properties.entrySet()) {
			Object value = property.getValue();
			int valueHash = (value instanceof byte[] bytes) ? Arrays.hashCode(bytes) : value.hashCode();
			hash += property.getKey().hashCode() ^ valueHash;
		}
		return hash;
	}

	/**
	 * Return key, version and the names of the properties: their values may be anybody's
	 * secrets.
	 */
	@Override
	public String toString() {
		return "TableEntity[key=" + this.key + ", etag=" + this.etag + ", properties=" + this.properties.keySet() + "]";
	}

	/**
	 * Builds entities.
	 */
	public static final class Builder {

		private final TableKey key;

		private PropertyMap properties;

		/** Whether an entity has the properties too, which must not see them change. */
		private boolean shared;

		private @Nullable ETag etag;

		private @Nullable Instant timestamp;

		private Builder(TableKey key, PropertyMap properties, boolean shared) {
			Assert.notNull(key, "The key must not be null");
			this.key = key;
			this.properties = properties;
			this.shared = shared;
		}

		/**
		 * Set a property.
		 * @param name its name: letters, digits and {@code _}
		 * @param value a value of one of the eight types, or an {@link OffsetDateTime},
		 * taken for its {@link Instant}; {@code null} takes the property away, for the
		 * service stores none
		 * @throws InvalidEntityException if the name or the value's type is none of the
		 * service's
		 */
		public Builder put(String name, @Nullable Object value) {
			if (value == null) {
				own().unset(name);
				return this;
			}
			check(name);
			Object stored = (value instanceof OffsetDateTime dateTime) ? dateTime.toInstant() : value;
			if (EdmType.of(stored.getClass()) == null) {
				throw new InvalidEntityException(name,
						"Property '" + name + "' can't be a " + stored.getClass().getName()
								+ ": use String, Integer, Long, Double, Boolean, Instant, UUID or byte[]");
			}
			own().set(name, (stored instanceof byte[] bytes) ? bytes.clone() : stored);
			return this;
		}

		private PropertyMap own() {
			if (this.shared) {
				this.properties = this.properties.copy();
				this.shared = false;
			}
			return this.properties;
		}

		private static void check(String name) {
			EntityLimits.checkPropertyName(name);
			if (EntityLimits.isOwnProperty(name)) {
				throw new InvalidEntityException(name, "'" + name + "' is the service's own and can't be a property");
			}
		}

		/**
		 * Set the version that a replace, merge or delete expects.
		 */
		public Builder etag(@Nullable ETag etag) {
			this.etag = etag;
			return this;
		}

		public TableEntity build() {
			this.shared = true;
			return new TableEntity(this.key, this.properties, this.etag, this.timestamp);
		}

	}

}
