package dev.reactiveazure.emulator.tables;

import java.time.Duration;

/**
 * How the emulated Table service behaves.
 *
 * @param accountName the name of its only account
 * @param accountKey the account key in base64
 * @param tableDeletionTime how long a deleted table's name cannot be used again; the real
 * service needs 40 seconds and more, the default is zero
 * @param acceptBearerTokens whether any {@code Authorization: Bearer} token is taken for
 * valid, over plain HTTP too; by default none is
 */
public record TablesSettings(String accountName, String accountKey, Duration tableDeletionTime,
		boolean acceptBearerTokens) {

	/** The account that development tools use. */
	public static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";

	/** The published key of the development account; it protects nothing. */
	public static final String DEVELOPMENT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOt"
			+ "r/KBHBeksoGMGw==";

	/**
	 * Checks the settings.
	 * @throws IllegalArgumentException if the deletion time is negative
	 */
	public TablesSettings {
		if (tableDeletionTime.isNegative()) {
			throw new IllegalArgumentException("tableDeletionTime must not be negative: " + tableDeletionTime);
		}
	}

	/**
	 * An account whose deleted tables can be created again at once, and that takes no
	 * bearer tokens.
	 * @param accountName the name of its only account
	 * @param accountKey the account key in base64
	 */
	public TablesSettings(String accountName, String accountKey) {
		this(accountName, accountKey, Duration.ZERO, false);
	}

	/**
	 * Sets how long the deletion of a table takes. Until then every operation on its name
	 * is answered with 409 {@code TableBeingDeleted}.
	 * @param duration the time on the emulator's clock, not negative
	 * @return changed settings
	 * @throws IllegalArgumentException if it is negative
	 */
	public TablesSettings withTableDeletionTime(Duration duration) {
		return new TablesSettings(this.accountName, this.accountKey, duration, this.acceptBearerTokens);
	}

	/**
	 * Sets whether every bearer token is valid. A token may do everything but read and
	 * set access policies, as at the real service.
	 * @param accept whether to accept tokens
	 * @return changed settings
	 */
	public TablesSettings withBearerTokens(boolean accept) {
		return new TablesSettings(this.accountName, this.accountKey, this.tableDeletionTime, accept);
	}

	@Override
	public String toString() {
		return "TablesSettings[accountName=" + this.accountName + ", accountKey=***, tableDeletionTime="
				+ this.tableDeletionTime + ", acceptBearerTokens=" + this.acceptBearerTokens + "]";
	}

}
