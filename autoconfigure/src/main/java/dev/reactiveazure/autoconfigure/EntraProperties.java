package dev.reactiveazure.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Properties of who an application is to Microsoft Entra ID:
 * {@code azure.<service>.entra.*}.
 */
public class EntraProperties {

	/**
	 * How tokens of Microsoft Entra ID are got. Needs com.azure:azure-identity on the
	 * class path. Not needed where the application has a TokenSource or TokenCredential
	 * bean.
	 */
	private @Nullable Credential credential;

	/**
	 * Tenant of the application, for a client secret, a certificate and a workload
	 * identity.
	 */
	private @Nullable String tenantId;

	/**
	 * Client of the application; for a managed identity the user-assigned one, if any.
	 */
	private @Nullable String clientId;

	/**
	 * Secret of the client.
	 */
	private @Nullable String clientSecret;

	/**
	 * File with the client's certificate and private key, as PEM or, with a password,
	 * PFX.
	 */
	private @Nullable String certificatePath;

	/**
	 * Password of the certificate's file.
	 */
	private @Nullable String certificatePassword;

	/**
	 * File with the token of a workload identity. Falls back to the environment variable
	 * AZURE_FEDERATED_TOKEN_FILE.
	 */
	private @Nullable String tokenFilePath;

	/**
	 * URL of the cloud's authority, such as 'https://login.microsoftonline.us'. Falls
	 * back to that of the public cloud.
	 */
	private @Nullable String authorityHost;

	public @Nullable Credential getCredential() {
		return this.credential;
	}

	public void setCredential(@Nullable Credential credential) {
		this.credential = credential;
	}

	public @Nullable String getTenantId() {
		return this.tenantId;
	}

	public void setTenantId(@Nullable String tenantId) {
		this.tenantId = tenantId;
	}

	public @Nullable String getClientId() {
		return this.clientId;
	}

	public void setClientId(@Nullable String clientId) {
		this.clientId = clientId;
	}

	public @Nullable String getClientSecret() {
		return this.clientSecret;
	}

	public void setClientSecret(@Nullable String clientSecret) {
		this.clientSecret = clientSecret;
	}

	public @Nullable String getCertificatePath() {
		return this.certificatePath;
	}

	public void setCertificatePath(@Nullable String certificatePath) {
		this.certificatePath = certificatePath;
	}

	public @Nullable String getCertificatePassword() {
		return this.certificatePassword;
	}

	public void setCertificatePassword(@Nullable String certificatePassword) {
		this.certificatePassword = certificatePassword;
	}

	public @Nullable String getTokenFilePath() {
		return this.tokenFilePath;
	}

	public void setTokenFilePath(@Nullable String tokenFilePath) {
		this.tokenFilePath = tokenFilePath;
	}

	public @Nullable String getAuthorityHost() {
		return this.authorityHost;
	}

	public void setAuthorityHost(@Nullable String authorityHost) {
		this.authorityHost = authorityHost;
	}

	/**
	 * How tokens are got.
	 */
	public enum Credential {

		/** The default chain: environment, workload and managed identity, then tools. */
		DEFAULT,

		/** A client and its secret. */
		CLIENT_SECRET,

		/** A client and its certificate. */
		CLIENT_CERTIFICATE,

		/** The identity that Azure gives the machine, app or container. */
		MANAGED_IDENTITY,

		/** The identity of a Kubernetes service account. */
		WORKLOAD_IDENTITY

	}

}
