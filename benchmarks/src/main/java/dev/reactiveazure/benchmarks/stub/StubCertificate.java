package dev.reactiveazure.benchmarks.stub;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import javax.net.ssl.KeyManagerFactory;

/**
 * A key with a certificate for the loopback address that nobody has signed but itself.
 *
 * @param file the key store
 */
public record StubCertificate(Path file) {

	/** Protects a key that is worth nothing and gone with the run. */
	private static final String PASSWORD = "loopback";

	/**
	 * Makes a key by the JDK's {@code keytool}.
	 * @param directory where its file goes
	 * @return the certificate
	 * @throws IOException if it can't be written
	 * @throws InterruptedException if interrupted meanwhile
	 */
	public static StubCertificate create(Path directory) throws IOException, InterruptedException {
		Path file = directory.resolve("stub.p12");
		Files.deleteIfExists(file);
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "stub", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=localhost", "-ext",
				"san=ip:127.0.0.1,dns:localhost", "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD,
				"-keystore", file.toString())
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.INHERIT)
			.start();
		if (keytool.waitFor() != 0) {
			throw new IllegalStateException("keytool could not make " + file);
		}
		return new StubCertificate(file);
	}

	/**
	 * What makes a JVM trust the certificate.
	 * @param more further arguments
	 * @return arguments for the JVM, the further ones last
	 */
	public List<String> trust(String... more) {
		List<String> args = new ArrayList<>(List.of("-Djavax.net.ssl.trustStore=" + this.file,
				"-Djavax.net.ssl.trustStoreType=PKCS12", "-Djavax.net.ssl.trustStorePassword=" + PASSWORD));
		args.addAll(List.of(more));
		return args;
	}

	/**
	 * What the stub speaks TLS with: netty-tcnative where it is, so that it is not what
	 * is waited for.
	 */
	SslContext serverContext() throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.file)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		managers.init(keys, PASSWORD.toCharArray());
		return SslContextBuilder.forServer(managers).build();
	}

}
