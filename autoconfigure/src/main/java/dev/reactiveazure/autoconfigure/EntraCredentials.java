package dev.reactiveazure.autoconfigure;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds out where a connection's tokens of Microsoft Entra ID come from: its properties,
 * a {@link TokenSource} bean, or a bean of Azure's {@code TokenCredential}.
 */
public final class EntraCredentials {

	private static final String AZURE_CORE = "com.azure.core.credential.TokenCredential";

	private static final String AZURE_IDENTITY = "com.azure.identity.DefaultAzureCredentialBuilder";

	private final ListableBeanFactory beanFactory;

	private final @Nullable ClassLoader classLoader;

	EntraCredentials(ListableBeanFactory beanFactory, @Nullable ClassLoader classLoader) {
		this.beanFactory = beanFactory;
		this.classLoader = classLoader;
	}

	/**
	 * Return the credential that properties describe.
	 * @param prefix the prefix of the connection's properties, such as
	 * {@code azure.tables}
	 * @param properties the properties below {@code <prefix>.entra}
	 * @return the credential; {@code null} if {@code entra.credential} is not set
	 * @throws InvalidAzurePropertyException if one it needs is missing, or
	 * {@code azure-identity} is
	 */
	public @Nullable AzureCredential configured(String prefix, EntraProperties properties) {
		String name = prefix + ".entra.credential";
		if (properties.getCredential() == null) {
			refuseLeftovers(prefix, properties);
			return null;
		}
		if (!ClassUtils.isPresent(AZURE_IDENTITY, this.classLoader)) {
			throw new InvalidAzurePropertyException(name,
					"'com.azure:azure-identity' is not on the class path: add it, or a bean of type "
							+ TokenSource.class.getName());
		}
		return new AzureCredential.Token(
				new AzureTokenSource(IdentityCredentials.create(prefix + ".entra.", properties)));
	}

	/**
	 * Return the credential that a bean stands for.
	 * @return the credential; {@code null} if there is no such bean, or more than one of
	 * which none is primary
	 */
	public @Nullable AzureCredential ofBean() {
		TokenSource source = this.beanFactory.getBeanProvider(TokenSource.class).getIfUnique();
		if (source != null) {
			return new AzureCredential.Token(source);
		}
		TokenSource adapted = ClassUtils.isPresent(AZURE_CORE, this.classLoader)
				? AzureTokenSource.ofBean(this.beanFactory) : null;
		return (adapted != null) ? new AzureCredential.Token(adapted) : null;
	}

	private static void refuseLeftovers(String prefix, EntraProperties properties) {
		boolean any = properties.getTenantId() != null || properties.getClientId() != null
				|| properties.getClientSecret() != null || properties.getCertificatePath() != null
				|| properties.getCertificatePassword() != null || properties.getTokenFilePath() != null
				|| properties.getAuthorityHost() != null;
		if (any) {
			throw new InvalidAzurePropertyException(prefix + ".entra.credential",
					"it is missing, although other properties of '" + prefix + ".entra' are set: say which kind of"
							+ " credential they describe");
		}
	}

}
