package dev.reactiveazure.emulator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.eventgrid.EventGridSettings;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.emulator.http.PortInUseException;

/**
 * The emulator as a program of its own. Its standard output has exactly three lines: the
 * connection string of Table storage, the endpoint of Event Grid, and {@code ready}.
 * Everything else goes to the standard error.
 */
public final class StandaloneEmulator {

	private static final int STARTED = 0;

	private static final int CANNOT_START = 1;

	private static final int WRONG_USAGE = 2;

	private static final int PEM_LINE = 64;

	private StandaloneEmulator() {
	}

	/**
	 * Starts the emulator and runs until the process is stopped.
	 * @param arguments the options, see {@code --help}
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		Start start = start(arguments, System.out, System.err);
		AzureEmulator emulator = start.emulator();
		if (emulator == null) {
			System.exit(start.exitCode());
			return;
		}
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "reactiveazure-emulator-stop"));
		new CountDownLatch(1).await();
	}

	static Start start(String[] arguments, PrintStream out, PrintStream err) {
		if (Arrays.asList(arguments).contains("--help")) {
			out.println(StandaloneOptions.HELP.formatted(EventGridSettings.DEFAULT_KEY));
			return new Start(null, STARTED);
		}
		try {
			AzureEmulatorBuilder builder = AzureEmulator.builder().eventGridKey(EventGridSettings.DEFAULT_KEY);
			StandaloneOptions.apply(arguments, builder);
			AzureEmulator emulator = builder.start();
			writeCertificate(emulator, StandaloneOptions.certificateFile(arguments));
			out.println("tables: " + emulator.tablesConnectionString());
			out.println("eventgrid: " + emulator.eventGridEndpoint());
			out.println("ready");
			out.flush();
			return new Start(emulator, STARTED);
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage());
			err.println("Try --help.");
			return new Start(null, WRONG_USAGE);
		}
		catch (PortInUseException ex) {
			boolean tables = ex.service().equals(FaultPlan.TABLES);
			String option = tables ? StandaloneOptions.TABLES_PORT : StandaloneOptions.EVENT_GRID_PORT;
			err.println(option + "=" + ex.port() + ": " + ex.getMessage());
			return new Start(null, CANNOT_START);
		}
		catch (UncheckedIOException ex) {
			err.println(ex.getMessage());
			return new Start(null, CANNOT_START);
		}
	}

	private static void writeCertificate(AzureEmulator emulator, @Nullable Path file) {
		X509Certificate certificate = emulator.certificate();
		if (file == null || certificate == null) {
			return;
		}
		try {
			Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, new byte[] { '\n' });
			Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(certificate.getEncoded())
					+ "\n-----END CERTIFICATE-----\n");
		}
		catch (IOException ex) {
			emulator.close();
			throw new UncheckedIOException(
					StandaloneOptions.HTTPS + "=" + file + ": cannot write the certificate: " + ex, ex);
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalStateException("A certificate of our own has no encoding", ex);
		}
	}

	/**
	 * How a start went.
	 *
	 * @param emulator the running emulator, or null if there is none
	 * @param exitCode the exit code if there is none
	 */
	record Start(@Nullable AzureEmulator emulator, int exitCode) {

	}

}
