package dev.reactiveazure.emulator.tables;

import java.time.Duration;

/**
 * How the emulated Table service behaves.
 *
 * @param accountName the name of its only account
 * @param accountKey the account key in base64
 * @param tableDeletionTime how long a deleted table's name cannot be used again; the real
 * service needs 40 seconds and more, the default is zero
 */
public record TablesSettings(String accountName, String accountKey, Duration tableDeletionTime) {

	/** The account that development tools use. */
	public static final String DEVELOPMENT_ACCOUNT = "devstoreaccount1";

	/** The published key of the development account; it protects nothing. */
	public static final String DEVELOPMENT_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOt"
			+ "r/KBHBeksoGMGw==";

	/**
	 * An account whose deleted tables can be created again at once.
	 * @param accountName the name of its only account
	 * @param accountKey the account key in base64
	 */
	public TablesSettings(String accountName, String accountKey) {
		this(accountName, accountKey, Duration.ZERO);
	}

	@Override
	public String toString() {
		return "TablesSettings[accountName=" + this.accountName + ", accountKey=***, tableDeletionTime="
				+ this.tableDeletionTime + "]";
	}

}
