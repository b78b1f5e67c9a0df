package dev.reactiveazure.emulator;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Objects;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.reactiveazure.emulator.http.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AzureEmulatorTests {

	@Test
	void startsBothServicesOnFreePorts() {
		try (AzureEmulator emulator = AzureEmulator.builder().subscription("orders/billing").start()) {
			assertThat(emulator.tablesEndpoint()).matches("http://127.0.0.1:[1-9]\\d*/devstoreaccount1");
			assertThat(emulator.eventGridEndpoint()).matches("http://127.0.0.1:[1-9]\\d*");
			assertThat(emulator.tablesConnectionString()).startsWith("DefaultEndpointsProtocol=http;AccountName=")
				.endsWith(";TableEndpoint=" + emulator.tablesEndpoint() + ";");
			assertThat(emulator.eventGridKey()).hasSize(44);
			assertThat(emulator.exchangesInProgress()).isZero();
			assertThat(emulator.eventGrid().pendingCount("orders", "billing")).isZero();
		}
	}

	@Test
	void hidesItsKeys() {
		try (AzureEmulator emulator = AzureEmulator.builder().accountKey("c2VjcmV0").eventGridKey("hidden").start()) {
			assertThat(emulator.toString()).contains(emulator.tablesEndpoint())
				.doesNotContain("c2VjcmV0")
				.doesNotContain("hidden");
		}
	}

	@Test
	void takesBothKeysOfEventGridAndNoneThatWasReplaced() throws Exception {
		try (AzureEmulator emulator = AzureEmulator.builder().eventGridKey("old").subscription("a-topic/all").start()) {
			emulator.eventGrid().replaceKeys("first", "second");
			assertThat(emulator.eventGridKey()).isEqualTo("first");
			assertThat(receiveStatus(emulator, "first")).isEqualTo(400);
			assertThat(receiveStatus(emulator, "second")).isEqualTo(400);
			assertThat(receiveStatus(emulator, "old")).isEqualTo(401);
			emulator.eventGrid().replaceKeys("third", null);
			assertThat(receiveStatus(emulator, "second")).isEqualTo(401);
		}
	}

	@Test
	void refusesABlankKey() {
		try (AzureEmulator emulator = AzureEmulator.builder().start()) {
			assertThatIllegalArgumentException().isThrownBy(() -> emulator.eventGrid().replaceKeys("first", " "))
				.withMessageContaining("access key");
			assertThatIllegalArgumentException().isThrownBy(() -> emulator.tables().replaceKeys("not*base64", null))
				.withMessageContaining("base64")
				.withMessageNotContaining("not*base64");
		}
	}

	@Test
	void givesAConnectionStringWithTheKeyThatCountsNow() {
		try (AzureEmulator emulator = AzureEmulator.builder().start()) {
			emulator.tables().replaceKeys("Zmlyc3Q=", "c2Vjb25k");
			assertThat(emulator.tablesConnectionString()).contains(";AccountKey=Zmlyc3Q=;");
		}
	}

	/**
	 * Ask for too many events: with a key that counts the request is bad, with another it
	 * is nobody's.
	 */
	private static int receiveStatus(AzureEmulator emulator, String key) throws Exception {
		URI uri = URI.create(emulator.eventGridEndpoint()
				+ "/topics/a-topic/eventsubscriptions/all:receive?api-version=2024-06-01&maxEvents=1000");
		HttpRequest request = HttpRequest.newBuilder(uri)
			.header("Authorization", "SharedAccessKey " + key)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	@Test
	void createsTopicsOnFirstUseWhenToldTo() throws Exception {
		try (AzureEmulator emulator = AzureEmulator.builder()
			.tables(false)
			.eventGridSettings((settings) -> settings.createOnFirstUse(true))
			.start()) {
			HttpRequest publish = HttpRequest
				.newBuilder(URI.create(emulator.eventGridEndpoint() + "/topics/fresh:publish?api-version=2024-06-01"))
				.header("Authorization", "SharedAccessKey " + emulator.eventGridKey())
				.header("Content-Type", "application/cloudevents-batch+json")
				.POST(HttpRequest.BodyPublishers.ofString("[]"))
				.build();
			assertThat(HttpClient.newHttpClient().send(publish, HttpResponse.BodyHandlers.ofString()).statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void runsOneServiceAlone() {
		try (AzureEmulator emulator = AzureEmulator.builder().eventGrid(false).start()) {
			assertThatIllegalStateException().isThrownBy(emulator::eventGridEndpoint)
				.withMessageContaining("eventGrid");
		}
	}

	@Test
	void startsNothingIfAPortIsTaken() {
		try (AzureEmulator first = AzureEmulator.builder().start()) {
			int taken = URI.create(first.eventGridEndpoint()).getPort();
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(() -> AzureEmulator.builder().eventGridPort(taken).start())
				.withMessageContaining("eventgrid")
				.withMessageContaining(String.valueOf(taken));
		}
	}

	@Test
	void namesABadSetting() {
		assertThatIllegalArgumentException().isThrownBy(() -> AzureEmulator.builder().tablesPort(70000))
			.withMessageContaining("tablesPort");
		assertThatIllegalArgumentException().isThrownBy(() -> AzureEmulator.builder().subscription("orders"))
			.withMessageContaining("'orders'");
		assertThatIllegalArgumentException().isThrownBy(() -> AzureEmulator.builder().accountName("My Account"))
			.withMessageContaining("'My Account'");
	}

	@Test
	void speaksHttpsWithACertificateToTrust() throws Exception {
		try (AzureEmulator emulator = AzureEmulator.builder().https(true).start()) {
			HttpClient client = HttpClient.newBuilder()
				.sslContext(trusting(Objects.requireNonNull(emulator.certificate())))
				.build();
			HttpResponse<String> response = client.send(
					HttpRequest.newBuilder(URI.create(emulator.tablesEndpoint() + "/Tables")).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(emulator.tablesConnectionString()).startsWith("DefaultEndpointsProtocol=https;");
			assertThat(response.statusCode()).isEqualTo(401);
		}
	}

	private static SSLContext trusting(X509Certificate certificate) throws Exception {
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		store.load(null, null);
		store.setCertificateEntry("emulator", certificate);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	@Nested
	class Standalone {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		private final ByteArrayOutputStream err = new ByteArrayOutputStream();

		private StandaloneEmulator.Start start(String... arguments) {
			return StandaloneEmulator.start(arguments, new PrintStream(this.out, true, StandardCharsets.UTF_8),
					new PrintStream(this.err, true, StandardCharsets.UTF_8));
		}

		@Test
		void printsThreeLines() {
			StandaloneEmulator.Start start = start("--tables-port=0", "--eventgrid-port=0", "--eventgrid-key=K",
					"--subscription=orders/billing", "--subscription=orders/totals", "--lock-duration=60s",
					"--max-delivery-count=10");
			try (AzureEmulator emulator = Objects.requireNonNull(start.emulator())) {
				assertThat(this.out.toString(StandardCharsets.UTF_8).lines()).containsExactly(
						"tables: " + emulator.tablesConnectionString(), "eventgrid: " + emulator.eventGridEndpoint(),
						"ready");
				assertThat(emulator.eventGridKey()).isEqualTo("K");
				assertThat(this.err.size()).isZero();
			}
		}

		@Test
		void speaksHttpsAndTakesTokensForAnAccountOfAnyName(@TempDir Path directory) throws Exception {
			Path file = directory.resolve("emulator.pem");
			StandaloneEmulator.Start start = start("--https=" + file, "--accept-tokens", "--account-name=shop",
					"--account-key=c2VjcmV0");
			try (AzureEmulator emulator = Objects.requireNonNull(start.emulator());
					InputStream pem = Files.newInputStream(file)) {
				X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
					.generateCertificate(pem);
				HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build();
				HttpResponse<String> response = client
					.send(HttpRequest.newBuilder(URI.create(emulator.tablesEndpoint() + "/Tables"))
						.header("Authorization", "Bearer any")
						.build(), HttpResponse.BodyHandlers.ofString());
				assertThat(response.statusCode()).isEqualTo(200);
				assertThat(this.out.toString(StandardCharsets.UTF_8)).startsWith(
						"tables: DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0;TableEndpoint=https://127.0.0.1:")
					.contains("/shop;\neventgrid: https://127.0.0.1:");
			}
		}

		@Test
		void endsWhereItsCertificateCanNotBeWritten(@TempDir Path directory) {
			assertThat(start("--https=" + directory).exitCode()).isEqualTo(1);
			assertThat(this.err.toString(StandardCharsets.UTF_8))
				.startsWith("--https=" + directory + ": cannot write the certificate");
			assertThat(this.out.size()).isZero();
		}

		@ParameterizedTest
		@CsvSource({ "--nonsense=1,Unknown option: --nonsense", "--tables-port=x,--tables-port=x: expected a number",
				"--eventgrid-port=65536,--eventgrid-port=65536: expected a number",
				"--subscription=orders,--subscription=orders: expected TOPIC/SUB",
				"--lock-duration=soon,--lock-duration=soon: expected a duration",
				"--max-delivery-count=0,--max-delivery-count=0: expected a number",
				"--eventgrid-key=,--eventgrid-key=: expected a value", "--https,--https=: expected a value",
				"--accept-tokens=yes,--accept-tokens=yes: expected no value",
				"--account-name=No,--account-name=No: expected lower-case letters",
				"--account-key=s3cret!,--account-key=***: expected a key in base64", "tables,Unknown option: tables" })
		void namesABadOption(String option, String message) {
			assertThat(start(option).exitCode()).isEqualTo(2);
			assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith(message);
			assertThat(this.out.size()).isZero();
		}

		@Test
		void namesTheOptionOfAPortInUse() {
			try (AzureEmulator first = AzureEmulator.builder().start()) {
				int taken = URI.create(first.tablesEndpoint()).getPort();
				assertThat(start("--tables-port=" + taken).exitCode()).isEqualTo(1);
				assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("--tables-port=" + taken + ": ");
			}
		}

		@Test
		void helps() {
			assertThat(start("--help").exitCode()).isZero();
			assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("--subscription=TOPIC/SUB");
		}

	}

}
