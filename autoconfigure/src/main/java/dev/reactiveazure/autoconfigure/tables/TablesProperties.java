package dev.reactiveazure.autoconfigure.tables;

import dev.reactiveazure.autoconfigure.HttpProperties;
import dev.reactiveazure.autoconfigure.RetryProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Properties of Azure Table storage.
 */
@ConfigurationProperties("azure.tables")
public class TablesProperties {

	/**
	 * Connection string of the storage account, from the portal's 'Access keys', or
	 * 'UseDevelopmentStorage=true' for an emulator on port 10002. Instead of endpoint,
	 * account name and credential.
	 */
	private @Nullable String connectionString;

	/**
	 * URL of the table service, such as 'https://shop.table.core.windows.net'. Derived
	 * from the account name if that is the only one set.
	 */
	private @Nullable String endpoint;

	/**
	 * Name of the storage account.
	 */
	private @Nullable String accountName;

	/**
	 * Key of the storage account, in Base64. Needs the account name.
	 */
	private @Nullable String accountKey;

	/**
	 * Shared access signature, instead of an account key.
	 */
	private @Nullable String sasToken;

	@NestedConfigurationProperty
	private final HttpProperties http = new HttpProperties();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

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

	public @Nullable String getSasToken() {
		return this.sasToken;
	}

	public void setSasToken(@Nullable String sasToken) {
		this.sasToken = sasToken;
	}

	public HttpProperties getHttp() {
		return this.http;
	}

	public RetryProperties getRetry() {
		return this.retry;
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

		public boolean isCreateTables() {
			return this.createTables;
		}

		public void setCreateTables(boolean createTables) {
			this.createTables = createTables;
		}

	}

}
