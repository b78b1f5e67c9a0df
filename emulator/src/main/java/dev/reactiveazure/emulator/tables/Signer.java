package dev.reactiveazure.emulator.tables;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Signs text with the one or two keys of an account that count now. Thread-safe.
 */
final class Signer {

	private static final String ALGORITHM = "HmacSHA256";

	private volatile List<SecretKeySpec> keys;

	/**
	 * Creates a signer.
	 * @param accountKey the key in base64
	 * @throws IllegalArgumentException if the key is not base64
	 */
	Signer(String accountKey) {
		this.keys = List.of(key(accountKey));
	}

	/**
	 * Replaces all keys at once.
	 * @param first the first key in base64
	 * @param second the second key in base64, {@code null} for none
	 * @throws IllegalArgumentException if a key is not base64
	 */
	void replaceKeys(String first, @Nullable String second) {
		this.keys = Stream.concat(Stream.of(first), Stream.ofNullable(second)).map(Signer::key).toList();
	}

	/**
	 * The first key, in base64.
	 */
	String firstKey() {
		return Base64.getEncoder().encodeToString(this.keys.get(0).getEncoded());
	}

	private static SecretKeySpec key(String accountKey) {
		return new SecretKeySpec(decode(accountKey), ALGORITHM);
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

	private static String sign(SecretKeySpec key, String text) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java runtime has no " + ALGORITHM, ex);
		}
	}

	boolean matches(String text, String signature) {
		byte[] sent = signature.getBytes(StandardCharsets.UTF_8);
		return this.keys.stream()
			.anyMatch((key) -> MessageDigest.isEqual(sign(key, text).getBytes(StandardCharsets.UTF_8), sent));
	}

}
