package dev.reactiveazure.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;

import org.springframework.util.Assert;

/**
 * What proves to an Azure service who is calling.
 * <p>
 * Values are checked when a credential is created, and never shown: each {@code toString}
 * masks its secret, and no message of an exception thrown here contains one.
 *
 * @see <a href=
 * "https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key">Authorize
 * with Shared Key</a>
 */
public sealed interface AzureCredential permits AzureCredential.SharedKey, AzureCredential.Sas,
		AzureCredential.AccessKey, AzureCredential.Token, RotatingCredential {

	/**
	 * The name and one of the two keys of a storage account, with which each request is
	 * signed.
	 *
	 * @param accountName the name of the account, not empty
	 * @param accountKey the Base64 text of the key, as the portal shows it
	 */
	record SharedKey(String accountName, String accountKey) implements AzureCredential {

		/**
		 * Check what is given.
		 * @throws IllegalArgumentException if the name is empty or has a character that
		 * no HTTP header can carry, or the key is not Base64
		 */
		public SharedKey {
			Assert.hasText(accountName, "The account name must not be empty");
			accountName = accountName.trim();
			Assert.isTrue(isPrintable(accountName),
					"The account name has a character that is neither a letter, a digit nor ASCII punctuation");
			Assert.hasText(accountKey, "The account key must not be empty");
			accountKey = accountKey.trim();
			requireBase64(accountKey);
		}

		private static void requireBase64(String key) {
			boolean valid;
			try {
				valid = Base64.getDecoder().decode(key).length > 0;
			}
			catch (IllegalArgumentException ex) {
				// The decoder's message would quote a character of the key.
				valid = false;
			}
			Assert.isTrue(valid, "The account key is not valid Base64: copy it from the portal as a whole, with '='");
		}

		@Override
		public String toString() {
			return "SharedKey[accountName=" + this.accountName + ", accountKey=***]";
		}

	}

	/**
	 * A shared access signature: a query string that grants some rights for some time.
	 *
	 * @param token the query string, with or without a leading {@code ?}; kept without
	 */
	record Sas(String token) implements AzureCredential {

		/**
		 * Check what is given.
		 * @throws IllegalArgumentException if the token is empty, has a character that no
		 * query can carry, or has no signature: {@code sig}, or {@code s} as Event Grid
		 * calls it
		 */
		public Sas {
			Assert.hasText(token, "The shared access signature must not be empty");
			token = token.trim();
			token = token.startsWith("?") ? token.substring(1) : token;
			Assert.isTrue(isQuery(token),
					"The shared access signature has a character that must be encoded: copy the token, not the text");
			Assert.isTrue(token.startsWith("sig=") || token.contains("&sig=") || token.contains("&s="),
					"The shared access signature has no 'sig' parameter: copy the whole token");
		}

		@Override
		public String toString() {
			return "Sas[token=***]";
		}

	}

	/**
	 * One of the two access keys of an Event Grid namespace, topic, domain or channel,
	 * sent as it is.
	 *
	 * @param key the text of the key, as the portal shows it
	 */
	record AccessKey(String key) implements AzureCredential {

		/**
		 * Check what is given.
		 * @throws IllegalArgumentException if the key is empty or has a character that no
		 * HTTP header can carry
		 */
		public AccessKey {
			Assert.hasText(key, "The access key must not be empty");
			key = key.trim();
			Assert.isTrue(isPrintable(key),
					"The access key has a character that is neither a letter, a digit nor ASCII punctuation");
		}

		@Override
		public String toString() {
			return "AccessKey[key=***]";
		}

	}

	/**
	 * Tokens of Microsoft Entra ID. Refused with an endpoint that is not {@code https}.
	 *
	 * @param source where tokens come from
	 */
	record Token(TokenSource source) implements AzureCredential {

		public Token {
			Assert.notNull(source, "The token source must not be null");
		}

		@Override
		public String toString() {
			return "Token[source=" + this.source.getClass().getSimpleName() + "]";
		}

	}

	private static boolean isPrintable(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= 0x20 || c >= 0x7f) {
				return false;
			}
		}
		return true;
	}

	private static boolean isQuery(String text) {
		try {
			return isPrintable(text) && text.indexOf('#') < 0 && new URI("http://host/?" + text).getRawQuery() != null;
		}
		catch (URISyntaxException ex) {
			// Its message would show the token.
			return false;
		}
	}

}
