package dev.reactiveazure.emulator.eventgrid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.Percent;

/**
 * Verifies the tokens {@code r=…&e=…&s=…} of Basic topics. The signature covers the text
 * as it was sent: encoding it again would break on the case of hex digits and on
 * {@code +} against {@code %20}. Expiry is read in each form that Microsoft's clients
 * write, always as UTC.
 */
final class BasicSignature {

	private static final String SIGNATURE = "&s=";

	private static final String EXPIRY = "&e=";

	private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.optionalStart()
		.appendOffset("+HH:MM", "Z")
		.optionalEnd()
		.toFormatter(Locale.ROOT);

	private static final DateTimeFormatter AMERICAN = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.appendPattern("M/d/yyyy h:m:s a")
		.toFormatter(Locale.US);

	private final AccessKeys keys;

	private final EmulatorClock clock;

	BasicSignature(AccessKeys keys, EmulatorClock clock) {
		this.keys = keys;
		this.clock = clock;
	}

	/**
	 * Checks signature and expiry of a token.
	 * @throws Problem if one of them is not right
	 */
	void check(String token) {
		int signature = token.lastIndexOf(SIGNATURE);
		int expiry = token.indexOf(EXPIRY);
		if (!token.startsWith("r=") || expiry < 0 || signature < expiry) {
			throw Problem.unauthorized("The SAS token must have the form `r=…&e=…&s=…`.");
		}
		String unsigned = token.substring(0, signature);
		byte[] sent = decode(token.substring(signature + SIGNATURE.length()));
		if (!this.keys.anyMatch((key) -> MessageDigest.isEqual(sign(key, unsigned), sent))) {
			throw Problem.unauthorized("The signature of the SAS token does not match its text and the access key.");
		}
		String text = Percent.decode(token.substring(expiry + EXPIRY.length(), signature).replace('+', ' '));
		if (!this.clock.now().isBefore(parse(text))) {
			throw Problem.unauthorized("The SAS token expired at '" + text + "'.");
		}
	}

	private static byte[] sign(String key, String unsigned) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
			return mac.doFinal(unsigned.getBytes(StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw Problem.unauthorized("SAS tokens can't be verified because the emulator's access key is not Base64.");
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is not available", ex);
		}
	}

	private static byte[] decode(String signature) {
		try {
			return Base64.getDecoder().decode(Percent.decode(signature));
		}
		catch (IllegalArgumentException ex) {
			return new byte[0];
		}
	}

	private static Instant parse(String text) {
		try {
			return (text.indexOf('/') >= 0) ? LocalDateTime.parse(text, AMERICAN).toInstant(ZoneOffset.UTC)
					: parseIso(text.replace(' ', 'T'));
		}
		catch (DateTimeException ex) {
			throw Problem.unauthorized("The expiry '" + text + "' of the SAS token is not a date the service reads.");
		}
	}

	private static Instant parseIso(String text) {
		TemporalAccessor parsed = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
		return (parsed instanceof OffsetDateTime withOffset) ? withOffset.toInstant()
				: LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
	}

}
