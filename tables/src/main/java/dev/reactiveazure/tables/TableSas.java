package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a shared access signature of one table's entities is to allow. Immutable; signed
 * without a request.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/create-service-sas">Create a
 * service SAS</a>
 */
public final class TableSas {

	/** On the wire an empty key and none are the same. */
	private static final TableKey NO_KEY = TableKey.of("", "");

	private final Set<TableSasPermission> permissions;

	private final @Nullable Instant start;

	private final @Nullable Instant expiry;

	private final @Nullable String policy;

	private final @Nullable String addresses;

	private final @Nullable SasProtocol protocol;

	private final String version;

	private final TableKey from;

	private final TableKey to;

	private TableSas(Builder builder) {
		EnumSet<TableSasPermission> ordered = EnumSet.noneOf(TableSasPermission.class);
		ordered.addAll(builder.permissions);
		this.permissions = Collections.unmodifiableSet(ordered);
		this.start = builder.start;
		this.expiry = builder.expiry;
		this.policy = builder.policy;
		this.addresses = builder.addresses;
		this.protocol = builder.protocol;
		this.version = builder.version;
		this.from = builder.from;
		this.to = builder.to;
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the signature for a table.
	 */
	public Sas sign(SharedKey key, String table) {
		String letters = TableSasPermission.letters(this.permissions);
		String begin = SasToken.time(this.start);
		String end = SasToken.time(this.expiry);
		String spr = (this.protocol != null) ? this.protocol.value() : "";
		String text = String.join("\n", letters, begin, end,
				"/table/" + key.accountName() + "/" + table.toLowerCase(Locale.ROOT), SasToken.orEmpty(this.policy),
				SasToken.orEmpty(this.addresses), spr, this.version, this.from.partitionKey(), this.from.rowKey(),
				this.to.partitionKey(), this.to.rowKey());
		return new SasToken().with("st", begin)
			.with("se", end)
			.with("sp", letters)
			.with("si", this.policy)
			.with("sip", this.addresses)
			.with("spr", spr)
			.with("sv", this.version)
			.with("tn", table)
			.with("spk", this.from.partitionKey())
			.with("srk", this.from.rowKey())
			.with("epk", this.to.partitionKey())
			.with("erk", this.to.rowKey())
			.sign(key, text);
	}

	@Override
	public String toString() {
		return "TableSas[permissions=" + this.permissions + ", expiry=" + this.expiry + ", policy=" + this.policy + "]";
	}

	/**
	 * Builds them. Needs permissions and an expiry, or the {@link #policy} of the table
	 * that has them.
	 */
	public static final class Builder {

		private final Set<TableSasPermission> permissions = EnumSet.noneOf(TableSasPermission.class);

		private @Nullable Instant start;

		private @Nullable Instant expiry;

		private @Nullable String policy;

		private @Nullable String addresses;

		private @Nullable SasProtocol protocol = SasProtocol.HTTPS;

		private String version = SasToken.DEFAULT_VERSION;

		private TableKey from = NO_KEY;

		private TableKey to = NO_KEY;

		private Builder() {
		}

		public Builder permissions(TableSasPermission... permissions) {
			this.permissions.addAll(List.of(permissions));
			return this;
		}

		/**
		 * Set when it begins, in whole seconds; default at once.
		 */
		public Builder start(@Nullable Instant start) {
			this.start = start;
			return this;
		}

		/**
		 * Set when it ends, in whole seconds.
		 */
		public Builder expiry(@Nullable Instant expiry) {
			this.expiry = expiry;
			return this;
		}

		/**
		 * Set the stored {@link AccessPolicy} of the table that it comes under. What the
		 * policy says, the signature must not say too.
		 */
		public Builder policy(@Nullable String id) {
			this.policy = id;
			return this;
		}

		/**
		 * Set from where it may be used; default from everywhere.
		 * @param addresses an IPv4 address, or the first and the last joined by {@code -}
		 */
		public Builder addresses(@Nullable String addresses) {
			this.addresses = addresses;
			return this;
		}

		/**
		 * Set over which protocols it is good; default {@link SasProtocol#HTTPS}.
		 * @param protocol the protocols; {@code null} to leave it unsaid, which allows
		 * both
		 */
		public Builder protocol(@Nullable SasProtocol protocol) {
			this.protocol = protocol;
			return this;
		}

		/**
		 * Set the version of the protocol to sign for, {@code 2015-04-05} or later;
		 * default {@code 2019-02-02}.
		 */
		public Builder version(String version) {
			this.version = version;
			return this;
		}

		/**
		 * Set the first partition; default from the start.
		 */
		public Builder from(String partitionKey) {
			this.from = TableKey.of(partitionKey, "");
			return this;
		}

		/**
		 * Set the first entity; default from the start.
		 */
		public Builder from(TableKey key) {
			this.from = key;
			return this;
		}

		/**
		 * Set the last partition, which is part of it; default to the end.
		 */
		public Builder to(String partitionKey) {
			this.to = TableKey.of(partitionKey, "");
			return this;
		}

		/**
		 * Set the last entity, which is part of it; default to the end.
		 */
		public Builder to(TableKey key) {
			this.to = key;
			return this;
		}

		/**
		 * Build it.
		 * @throws IllegalArgumentException if something is missing or does not fit
		 */
		public TableSas build() {
			boolean complete = !this.permissions.isEmpty() && this.expiry != null;
			Assert.isTrue(complete || this.policy != null,
					"A shared access signature of a table needs permissions and an expiry, or a policy");
			Assert.isTrue(this.version.compareTo("2015-04-05") >= 0, "The version must be 2015-04-05 or later");
			SasToken.checkTimes(this.start, this.expiry);
			SasToken.checkAddresses(this.addresses);
			return new TableSas(this);
		}

	}

}
