package dev.reactiveazure.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes credentials of {@code azure-identity} from properties. Each value it needs is
 * checked here, so that a mistake ends the start of the application and not its first
 * request.
 */
final class IdentityCredentials {

	private static final String TENANT_ID = "tenant-id";

	private static final String CLIENT_ID = "client-id";

	private final String prefix;

	private final EntraProperties properties;

	private IdentityCredentials(String prefix, EntraProperties properties) {
		this.prefix = prefix;
		this.properties = properties;
	}

	/**
	 * Make the credential.
	 * @param prefix the prefix of the properties, with a dot at its end
	 * @throws InvalidAzurePropertyException if one is missing or not valid
	 */
	static TokenCredential create(String prefix, EntraProperties properties) {
		IdentityCredentials credentials = new IdentityCredentials(prefix, properties);
		return InvalidAzurePropertyException.naming(prefix + "*", credentials::create);
	}

	private TokenCredential create() {
		EntraProperties.Credential kind = this.properties.getCredential();
		if (kind == null) {
			throw new InvalidAzurePropertyException(this.prefix + "credential", "it is missing");
		}
		return switch (kind) {
			case DEFAULT -> defaultChain();
			case CLIENT_SECRET -> clientSecret();
			case CLIENT_CERTIFICATE -> clientCertificate();
			case MANAGED_IDENTITY -> managedIdentity();
			case WORKLOAD_IDENTITY -> workloadIdentity();
		};
	}

	private TokenCredential defaultChain() {
		DefaultAzureCredentialBuilder builder = new DefaultAzureCredentialBuilder();
		ifSet(TENANT_ID, this.properties.getTenantId(), builder::tenantId);
		ifSet(CLIENT_ID, this.properties.getClientId(), builder::managedIdentityClientId);
		ifSet(CLIENT_ID, this.properties.getClientId(), builder::workloadIdentityClientId);
		authorityHost(builder::authorityHost);
		return builder.build();
	}

	private TokenCredential clientSecret() {
		ClientSecretCredentialBuilder builder = client(new ClientSecretCredentialBuilder());
		builder.clientSecret(require("client-secret", this.properties.getClientSecret()));
		return builder.build();
	}

	private TokenCredential clientCertificate() {
		ClientCertificateCredentialBuilder builder = client(new ClientCertificateCredentialBuilder());
		String file = readable("certificate-path", require("certificate-path", this.properties.getCertificatePath()));
		String password = this.properties.getCertificatePassword();
		if (password != null) {
			builder.pfxCertificate(file).clientCertificatePassword(resolved("certificate-password", password));
		}
		else {
			builder.pemCertificate(file);
		}
		return builder.build();
	}

	private TokenCredential managedIdentity() {
		ManagedIdentityCredentialBuilder builder = new ManagedIdentityCredentialBuilder();
		ifSet(CLIENT_ID, this.properties.getClientId(), builder::clientId);
		return builder.build();
	}

	private TokenCredential workloadIdentity() {
		WorkloadIdentityCredentialBuilder builder = new WorkloadIdentityCredentialBuilder();
		ifSet(TENANT_ID, this.properties.getTenantId(), builder::tenantId);
		ifSet(CLIENT_ID, this.properties.getClientId(), builder::clientId);
		ifSet("token-file-path", this.properties.getTokenFilePath(), builder::tokenFilePath);
		authorityHost(builder::authorityHost);
		return builder.build();
	}

	private <B extends AadCredentialBuilderBase<B>> B client(B builder) {
		builder.tenantId(require(TENANT_ID, this.properties.getTenantId()));
		builder.clientId(require(CLIENT_ID, this.properties.getClientId()));
		authorityHost(builder::authorityHost);
		return builder;
	}

	private String require(String name, @Nullable String value) {
		if (!StringUtils.hasText(value)) {
			throw new InvalidAzurePropertyException(this.prefix + name, "it is missing: '" + this.prefix + "credential="
					+ value(this.properties.getCredential()) + "' needs it");
		}
		return resolved(name, value);
	}

	private String resolved(String name, String value) {
		return ConfiguredSecret.requireResolved(this.prefix + name, value);
	}

	private static String value(EntraProperties.@Nullable Credential kind) {
		return String.valueOf(kind).toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private String readable(String name, String file) {
		if (!Files.isReadable(Path.of(file))) {
			throw new InvalidAzurePropertyException(this.prefix + name, "there is no such file, or it can't be read");
		}
		return file;
	}

	private void authorityHost(Consumer<String> property) {
		String host = this.properties.getAuthorityHost();
		if (host == null) {
			return;
		}
		if (!host.trim().startsWith("https://")) {
			throw new InvalidAzurePropertyException(this.prefix + "authority-host",
					"it must be an https URL, such as 'https://login.microsoftonline.us'");
		}
		property.accept(resolved("authority-host", host.trim()));
	}

	private void ifSet(String name, @Nullable String value, Consumer<String> property) {
		if (StringUtils.hasText(value)) {
			property.accept(resolved(name, value));
		}
	}

}
