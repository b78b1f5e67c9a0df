package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.ConnectionProperties;
import dev.reactiveazure.tables.ReadLocation;
import dev.reactiveazure.tables.SignatureScheme;
import dev.reactiveazure.tables.TableServiceKind;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.query.ScanPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Properties of one connection to Azure Table storage.
 */
public class TablesConnectionProperties extends ConnectionProperties {

	/**
	 * Connection string of the storage account, from the portal's 'Access keys', or
	 * 'UseDevelopmentStorage=true' for an emulator on port 10002. Instead of endpoint,
	 * account name and credential.
	 */
	private @Nullable String connectionString;

	/**
	 * URL of the table service, such as 'https://shop.table.core.windows.net', a private
	 * endpoint or a domain of one's own. Derived from the account name if that is the
	 * only one set.
	 */
	private @Nullable String endpoint;

	/**
	 * URL at which a geo-redundant account is read in its second region. Falls back to
	 * what the connection string says, then to the service's rule for names.
	 */
	private @Nullable String secondaryEndpoint;

	/**
	 * Endpoints that reads go to.
	 */
	private ReadLocation readLocation = ReadLocation.PRIMARY;

	/**
	 * Name of the storage account.
	 */
	private @Nullable String accountName;

	/**
	 * Key of the storage account, in Base64. Needs the account name.
	 */
	private @Nullable String accountKey;

	/**
	 * File that holds the key of the storage account, read again while the application
	 * runs.
	 */
	private @Nullable String accountKeyFile;

	/**
	 * Other key of the storage account, tried once when the service refuses the first,
	 * for the time of a rotation.
	 */
	private @Nullable String secondaryAccountKey;

	/**
	 * File that holds the other key of the storage account.
	 */
	private @Nullable String secondaryAccountKeyFile;

	/**
	 * Shared access signature, instead of an account key.
	 */
	private @Nullable String sasToken;

	/**
	 * File that holds the shared access signature, read again while the application runs.
	 */
	private @Nullable String sasTokenFile;

	/**
	 * Service behind the endpoint, which differ in their limits. Falls back to what the
	 * endpoint's host tells.
	 */
	private @Nullable TableServiceKind kind;

	/**
	 * Version of the protocol.
	 */
	private String apiVersion = "2020-12-06";

	/**
	 * Resource that tokens of Microsoft Entra ID are asked for, such as
	 * 'https://storage.azure.com'. Falls back to what kind and host tell.
	 */
	private @Nullable String audience;

	/**
	 * Rule by which requests are signed with an account key.
	 */
	private SignatureScheme signatureScheme = SignatureScheme.SHARED_KEY;

	private final Template template = new Template();

	public @Nullable String getConnectionString() {
		return this.connectionString;
	}

	public void setConnectionString(@Nullable String connectionString) {
		this.connectionString = connectionString;
	}

	public @Nullable String getEndpoint() {
		return this.endpoint;
	}

	public void setEndpoint(@Nullable String endpoint) {
		this.endpoint = endpoint;
	}

	public @Nullable String getSecondaryEndpoint() {
		return this.secondaryEndpoint;
	}

	public void setSecondaryEndpoint(@Nullable String secondaryEndpoint) {
		this.secondaryEndpoint = secondaryEndpoint;
	}

	public ReadLocation getReadLocation() {
		return this.readLocation;
	}

	public void setReadLocation(ReadLocation readLocation) {
		this.readLocation = readLocation;
	}

	public @Nullable String getAccountName() {
		return this.accountName;
	}

	public void setAccountName(@Nullable String accountName) {
		this.accountName = accountName;
	}

	public @Nullable String getAccountKey() {
		return this.accountKey;
	}

	public void setAccountKey(@Nullable String accountKey) {
		this.accountKey = accountKey;
	}

	public @Nullable String getAccountKeyFile() {
		return this.accountKeyFile;
	}

	public void setAccountKeyFile(@Nullable String accountKeyFile) {
		this.accountKeyFile = accountKeyFile;
	}

	public @Nullable String getSecondaryAccountKey() {
		return this.secondaryAccountKey;
	}

	public void setSecondaryAccountKey(@Nullable String secondaryAccountKey) {
		this.secondaryAccountKey = secondaryAccountKey;
	}

	public @Nullable String getSecondaryAccountKeyFile() {
		return this.secondaryAccountKeyFile;
	}

	public void setSecondaryAccountKeyFile(@Nullable String secondaryAccountKeyFile) {
		this.secondaryAccountKeyFile = secondaryAccountKeyFile;
	}

	public @Nullable String getSasToken() {
		return this.sasToken;
	}

	public void setSasToken(@Nullable String sasToken) {
		this.sasToken = sasToken;
	}

	public @Nullable String getSasTokenFile() {
		return this.sasTokenFile;
	}

	public void setSasTokenFile(@Nullable String sasTokenFile) {
		this.sasTokenFile = sasTokenFile;
	}

	public @Nullable TableServiceKind getKind() {
		return this.kind;
	}

	public void setKind(@Nullable TableServiceKind kind) {
		this.kind = kind;
	}

	public String getApiVersion() {
		return this.apiVersion;
	}

	public void setApiVersion(String apiVersion) {
		this.apiVersion = apiVersion;
	}

	public @Nullable String getAudience() {
		return this.audience;
	}

	public void setAudience(@Nullable String audience) {
		this.audience = audience;
	}

	public SignatureScheme getSignatureScheme() {
		return this.signatureScheme;
	}

	public void setSignatureScheme(SignatureScheme signatureScheme) {
		this.signatureScheme = signatureScheme;
	}

	public Template getTemplate() {
		return this.template;
	}

	/**
	 * Properties of the template.
	 */
	public static class Template {

		/**
		 * Whether a missing table is created by the first operation that needs it.
		 */
		private boolean createTables;

		/**
		 * Fate of stored properties that an entity does not have, in updates and upserts
		 * where neither call nor class says.
		 */
		private UpdateMode updateMode = UpdateMode.REPLACE;

		/**
		 * Fate of queries that read a whole table.
		 */
		private ScanPolicy scanPolicy = ScanPolicy.ALLOW;

		/**
		 * Tries of 'modify' and 'getOrCreate' when others change the same entity, at
		 * least 1.
		 */
		private int modifyAttempts = 20;

		/**
		 * Reads that 'findAllByKey' has on their way at a time, at least 1.
		 */
		private int readConcurrency = 16;

		public boolean isCreateTables() {
			return this.createTables;
		}

		public void setCreateTables(boolean createTables) {
			this.createTables = createTables;
		}

		public UpdateMode getUpdateMode() {
			return this.updateMode;
		}

		public void setUpdateMode(UpdateMode updateMode) {
			this.updateMode = updateMode;
		}

		public ScanPolicy getScanPolicy() {
			return this.scanPolicy;
		}

		public void setScanPolicy(ScanPolicy scanPolicy) {
			this.scanPolicy = scanPolicy;
		}

		public int getModifyAttempts() {
			return this.modifyAttempts;
		}

		public void setModifyAttempts(int modifyAttempts) {
			this.modifyAttempts = modifyAttempts;
		}

		public int getReadConcurrency() {
			return this.readConcurrency;
		}

		public void setReadConcurrency(int readConcurrency) {
			this.readConcurrency = readConcurrency;
		}

	}

}
