package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import dev.reactiveazure.core.pipeline.PercentEncoding;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A shared access signature in the making: its parameters, in order, without those that
 * are not given.
 */
final class SasToken {

	/** What both kinds of signatures are known to work with. */
	static final String DEFAULT_VERSION = "2019-02-02";

	private final StringBuilder query = new StringBuilder();

	SasToken with(String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			this.query.append((this.query.length() > 0) ? "&" : "").append(name).append('=');
			PercentEncoding.append(this.query, value);
		}
		return this;
	}

	Sas sign(SharedKey key, String text) {
		return new Sas(with("sig", signature(key, text)).query.toString());
	}

	/**
	 * Return the form of a moment in a signature: whole seconds, or nothing for none.
	 */
	static String time(@Nullable Instant moment) {
		return (moment != null) ? moment.truncatedTo(ChronoUnit.SECONDS).toString() : "";
	}

	static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	static void checkTimes(@Nullable Instant start, @Nullable Instant expiry) {
		Assert.isTrue(start == null || expiry == null || start.isBefore(expiry),
				() -> "A shared access signature must begin before it ends, but begins at " + start + " and ends at "
						+ expiry);
	}

	static void checkAddresses(@Nullable String addresses) {
		Assert.isTrue(addresses == null || addresses.matches("\\d{1,3}(\\.\\d{1,3}){3}(-\\d{1,3}(\\.\\d{1,3}){3})?"),
				() -> "The addresses must be one IPv4 address, or two joined by '-', but are '" + addresses + "'");
	}

	private static String signature(SharedKey key, String text) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(key.accountKey()), "HmacSHA256"));
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("This Java has no HmacSHA256", ex);
		}
	}

}
