package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a shared access signature of a storage account's Table service is to allow.
 * Immutable; signed without a request.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/create-account-sas">Create an
 * account SAS</a>
 */
public final class AccountSas {

	/** The first version whose signature has a line for an encryption scope. */
	private static final String ENCRYPTION_SCOPE_VERSION = "2020-12-06";

	private static final String TABLES = "t";

	private final Set<AccountSasPermission> permissions;

	private final Set<SasResourceType> resourceTypes;

	private final @Nullable Instant start;

	private final Instant expiry;

	private final @Nullable String addresses;

	private final SasProtocol protocol;

	private final String version;

	private AccountSas(Builder builder, Instant expiry) {
		this.permissions = Collections.unmodifiableSet(EnumSet.copyOf(builder.permissions));
		this.resourceTypes = Collections.unmodifiableSet(EnumSet.copyOf(builder.resourceTypes));
		this.start = builder.start;
		this.expiry = expiry;
		this.addresses = builder.addresses;
		this.protocol = builder.protocol;
		this.version = builder.version;
	}

	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the signature.
	 */
	public Sas sign(SharedKey key) {
		String letters = AccountSasPermission.letters(this.permissions);
		String types = SasResourceType.letters(this.resourceTypes);
		String from = SasToken.time(this.start);
		String to = SasToken.time(this.expiry);
		String text = String.join("\n", key.accountName(), letters, TABLES, types, from, to,
				SasToken.orEmpty(this.addresses), this.protocol.value(), this.version, "");
		if (this.version.compareTo(ENCRYPTION_SCOPE_VERSION) >= 0) {
			text += "\n";
		}
		return new SasToken().with("sv", this.version)
			.with("ss", TABLES)
			.with("srt", types)
			.with("sp", letters)
			.with("st", from)
			.with("se", to)
			.with("sip", this.addresses)
			.with("spr", this.protocol.value())
			.sign(key, text);
	}

	@Override
	public String toString() {
		return "AccountSas[permissions=" + this.permissions + ", resourceTypes=" + this.resourceTypes + ", expiry="
				+ this.expiry + "]";
	}

	/**
	 * Builds them. Needs permissions, resource types and an expiry.
	 */
	public static final class Builder {

		private final Set<AccountSasPermission> permissions = EnumSet.noneOf(AccountSasPermission.class);

		private final Set<SasResourceType> resourceTypes = EnumSet.noneOf(SasResourceType.class);

		private @Nullable Instant start;

		private @Nullable Instant expiry;

		private @Nullable String addresses;

		private SasProtocol protocol = SasProtocol.HTTPS;

		private String version = SasToken.DEFAULT_VERSION;

		private Builder() {
		}

		public Builder permissions(AccountSasPermission... permissions) {
			this.permissions.addAll(List.of(permissions));
			return this;
		}

		public Builder resourceTypes(SasResourceType... resourceTypes) {
			this.resourceTypes.addAll(List.of(resourceTypes));
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
		public Builder expiry(Instant expiry) {
			this.expiry = expiry;
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
		 */
		public Builder protocol(SasProtocol protocol) {
			this.protocol = protocol;
			return this;
		}

		/**
		 * Set the version of the protocol to sign for; default {@code 2019-02-02}.
		 */
		public Builder version(String version) {
			this.version = version;
			return this;
		}

		/**
		 * Build it.
		 * @throws IllegalArgumentException if something is missing or does not fit
		 */
		public AccountSas build() {
			Assert.notEmpty(this.permissions, "A shared access signature of an account needs permissions");
			Assert.notEmpty(this.resourceTypes, "A shared access signature of an account needs resourceTypes");
			Assert.isTrue(this.expiry != null, "A shared access signature of an account needs an expiry");
			SasToken.checkTimes(this.start, this.expiry);
			SasToken.checkAddresses(this.addresses);
			return new AccountSas(this, this.expiry);
		}

	}

}
