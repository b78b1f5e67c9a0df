package dev.reactiveazure.emulator.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

/**
 * A fresh certificate for {@code localhost} and {@code 127.0.0.1}, signed by itself. The
 * JDK has no public API to make one, so its few ASN.1 structures are written here.
 *
 * @param certificate what clients must trust
 * @param serverContext what the server shows
 */
public record SelfSigned(X509Certificate certificate, SslContext serverContext) {

	private static final Duration VALIDITY = Duration.ofDays(90);

	private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	/** The object identifiers, encoded. */
	private static final byte[] ECDSA_WITH_SHA256 = { 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2 };

	private static final byte[] COMMON_NAME = { 0x55, 4, 3 };

	private static final byte[] ALTERNATIVE_NAMES = { 0x55, 0x1D, 0x11 };

	private static final byte[] BASIC_CONSTRAINTS = { 0x55, 0x1D, 0x13 };

	/**
	 * Makes a key pair and its certificate.
	 * @param now the begin of its validity, less a day
	 * @return the certificate and the server's side of it
	 */
	public static SelfSigned create(Instant now) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			KeyPair keys = generator.generateKeyPair();
			X509Certificate certificate = certificate(keys, now);
			return new SelfSigned(certificate, SslContextBuilder.forServer(keys.getPrivate(), certificate).build());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("Cannot make a certificate for HTTPS", ex);
		}
	}

	private static X509Certificate certificate(KeyPair keys, Instant now) throws GeneralSecurityException {
		byte[] body = body(keys, now);
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(keys.getPrivate());
		signature.update(body);
		byte[] certificate = der(0x30, body, algorithm(), bits(signature.sign()));
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(certificate));
	}

	private static byte[] body(KeyPair keys, Instant now) {
		byte[] version = der(0xA0, der(0x02, new byte[] { 2 }));
		byte[] serial = der(0x02, new BigInteger(96, new SecureRandom()).add(BigInteger.ONE).toByteArray());
		byte[] name = der(0x30, der(0x31, der(0x30, der(0x06, COMMON_NAME), der(0x0C, ascii("localhost")))));
		byte[] validity = der(0x30, time(now.minus(Duration.ofDays(1))), time(now.plus(VALIDITY)));
		byte[] names = der(0x30, der(0x82, ascii("localhost")), der(0x87, LOOPBACK));
		byte[] authority = der(0x30, der(0x01, new byte[] { (byte) 0xFF }));
		byte[] extensions = der(0xA3,
				der(0x30, extension(ALTERNATIVE_NAMES, names), extension(BASIC_CONSTRAINTS, authority)));
		return der(0x30, version, serial, algorithm(), name, validity, name, keys.getPublic().getEncoded(), extensions);
	}

	private static byte[] extension(byte[] identifier, byte[] value) {
		return der(0x30, der(0x06, identifier), der(0x04, value));
	}

	private static byte[] algorithm() {
		return der(0x30, der(0x06, ECDSA_WITH_SHA256));
	}

	private static byte[] time(Instant time) {
		return der(0x17, ascii(UTC_TIME.format(time)));
	}

	private static byte[] bits(byte[] value) {
		return der(0x03, new byte[] { 0 }, value);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static byte[] der(int tag, byte[]... contents) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (byte[] each : contents) {
			content.writeBytes(each);
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		writeLength(out, content.size());
		out.writeBytes(content.toByteArray());
		return out.toByteArray();
	}

	private static void writeLength(ByteArrayOutputStream out, int length) {
		if (length < 0x80) {
			out.write(length);
		}
		else if (length < 0x100) {
			out.write(0x81);
			out.write(length);
		}
		else {
			out.write(0x82);
			out.write(length >> 8);
			out.write(length & 0xFF);
		}
	}

}
