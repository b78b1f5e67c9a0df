package dev.reactiveazure.tables;

import java.time.Clock;
import java.util.Locale;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.RotatingCredential;
import dev.reactiveazure.core.pipeline.BearerSigner;
import dev.reactiveazure.core.pipeline.HttpDate;
import dev.reactiveazure.core.pipeline.RequestSigner;
import dev.reactiveazure.core.pipeline.RotatingSigner;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the signer for a credential.
 *
 * @param scheme how account keys sign
 * @param kind which service it is
 * @param accountName what account to sign for; {@code null} for the credential's
 * @param audience what tokens are good for; {@code null} for what the service's host
 * tells
 * @param clock tells the time
 */
record Signers(SignatureScheme scheme, TableServiceKind kind, @Nullable String accountName, @Nullable String audience,
		Clock clock) {

	RequestSigner signer(AzureCredential credential, AzureEndpoint endpoint) {
		if (credential instanceof AzureCredential.SharedKey key) {
			return new SharedKeySigner(named(key), new HttpDate(this.clock), this.scheme);
		}
		if (credential instanceof AzureCredential.Sas sas) {
			return new SasSigner(sas);
		}
		if (credential instanceof AzureCredential.Token token) {
			return new BearerSigner(token, scope(endpoint), endpoint, this.clock);
		}
		if (credential instanceof RotatingCredential rotating) {
			return new RotatingSigner(rotating, (current) -> signer(current, endpoint));
		}
		throw new IllegalArgumentException("The Table service takes no " + credential.getClass().getSimpleName()
				+ ": use a SharedKey, a Sas, a Token or a connection string");
	}

	private AzureCredential.SharedKey named(AzureCredential.SharedKey key) {
		return (this.accountName != null) ? new AzureCredential.SharedKey(this.accountName, key.accountKey()) : key;
	}

	String scope(AzureEndpoint endpoint) {
		String host = endpoint.host().toLowerCase(Locale.ROOT);
		String name = (this.kind == TableServiceKind.COSMOS) ? "cosmos" : "storage";
		String cloud = ".com";
		if (host.endsWith(".usgovcloudapi.net") || host.endsWith(".azure.us")) {
			cloud = ".us";
		}
		else if (host.endsWith(".chinacloudapi.cn") || host.endsWith(".azure.cn")) {
			cloud = ".cn";
		}
		String resource = (this.audience != null) ? this.audience : "https://" + name + ".azure" + cloud;
		while (resource.endsWith("/")) {
			resource = resource.substring(0, resource.length() - 1);
		}
		return resource.endsWith("/.default") ? resource : resource + "/.default";
	}

}
