package dev.reactiveazure.emulator.tables;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs text with an account key.
 */
final class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	/**
	 * Creates a signer.
	 * @param accountKey the key in base64
	 * @throws IllegalArgumentException if the key is not base64
	 */
	Signer(String accountKey) {
		this.key = new SecretKeySpec(decode(accountKey), ALGORITHM);
	}

	private static byte[] decode(String accountKey) {
		try {
			byte[] key = Base64.getDecoder().decode(accountKey);
			if (key.length > 0) {
				return key;
			}
		}
		catch (IllegalArgumentException ex) {
			// Its message would show a part of the key.
		}
		throw new IllegalArgumentException("The account key of the tables emulator must be base64 text");
	}

	String sign(String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + ALGORITHM, ex);
		}
	}

	boolean matches(String text, String signature) {
		return MessageDigest.isEqual(sign(text).getBytes(StandardCharsets.UTF_8),
				signature.getBytes(StandardCharsets.UTF_8));
	}

}
