package dev.reactiveazure.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.reactiveazure.emulator.AzureEmulator;
import org.junit.jupiter.api.Assumptions;

import org.springframework.util.function.SingletonSupplier;

/**
 * The services that the tests of the client run against. Each is started with its first
 * test and stopped with the JVM.
 */
public enum TablesService {

	/** This project's own. */
	EMULATOR(TablesService::startEmulator),

	/** Microsoft's, from npm. */
	AZURITE(TablesService::startAzurite);

	private static final String KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/"
			+ "K1SZFPTOtr/KBHBeksoGMGw==";

	private final Supplier<String> connectionString;

	TablesService(Supplier<String> start) {
		this.connectionString = SingletonSupplier.of(start);
	}

	public String connectionString() {
		return this.connectionString.get();
	}

	public TableServiceClient client() {
		return TableServiceClient.builder().connectionString(connectionString()).build();
	}

	private static String startEmulator() {
		AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start();
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
		return emulator.tablesConnectionString();
	}

	private static String startAzurite() {
		Path executable = findAzurite();
		if (!Files.exists(executable)) {
			String message = "Azurite is not installed, so the tests against it do not run: 'npm ci' in "
					+ "tables/src/test/azurite, or set AZURITE_HOME to a directory with node_modules/.bin/azurite-table";
			if ("true".equals(System.getenv("CI"))) {
				throw new IllegalStateException(message);
			}
			System.err.println("SKIPPED: " + message);
			Assumptions.abort(message);
		}
		try {
			return start(executable);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path findAzurite() {
		String home = System.getProperty("azurite.home", System.getenv("AZURITE_HOME"));
		Path directory = (home != null) ? Path.of(home) : Path.of("src", "test", "azurite");
		return directory.resolve(Path.of("node_modules", ".bin", "azurite-table"));
	}

	private static String start(Path executable) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Process process = new ProcessBuilder(executable.toString(), "--tablePort", Integer.toString(port),
				"--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry")
			.redirectErrorStream(true)
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		Thread watchdog = new Thread(() -> endUnlessStarted(process));
		watchdog.setDaemon(true);
		watchdog.start();
		awaitStart(process);
		watchdog.interrupt();
		return "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=" + KEY
				+ ";TableEndpoint=http://127.0.0.1:" + port + "/devstoreaccount1";
	}

	private static void endUnlessStarted(Process process) {
		try {
			if (!process.waitFor(30, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			// It has started.
		}
	}

	private static void awaitStart(Process process) throws IOException {
		BufferedReader output = process.inputReader();
		StringBuilder said = new StringBuilder();
		String line = output.readLine();
		while (line != null && !line.contains("successfully started")) {
			said.append(line).append('\n');
			line = output.readLine();
		}
		if (line == null) {
			throw new IllegalStateException("Azurite did not start within 30 s: " + said);
		}
		Thread drain = new Thread(() -> output.lines().forEach((more) -> {
		}));
		drain.setDaemon(true);
		drain.start();
	}

}
