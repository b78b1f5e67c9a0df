package dev.reactiveazure.benchmarks.tables;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as the service's documentation shows it, with a new {@code Mac} for each request.
 */
record SharedKeyLite(SecretKeySpec key) {

	SharedKeyLite(byte[] key) {
		this(new SecretKeySpec(key, "HmacSHA256"));
	}

	String authorization(String date, String path) {
		String text = date + "\n/" + TablesPeer.ACCOUNT + path;
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(this.key);
			byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
			return "SharedKeyLite " + TablesPeer.ACCOUNT + ":" + Base64.getEncoder().encodeToString(signature);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Can't sign", ex);
		}
	}

}
