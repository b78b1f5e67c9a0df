package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the person at the keyboard reads when the application does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	private static final String SECRET = "c2VjcmV0LXRoYXQtbXVzdC1uZXZlci1zaG93";

	private static final String EVENT_GRID = "--azure.eventgrid.endpoint=https://shop.example.com";

	private static final String EVENT_GRID_KEY = "--azure.eventgrid.access-key=" + SECRET;

	@Test
	void explainsAMissingTablesConnection(CapturedOutput output) {
		start(EVENT_GRID, EVENT_GRID_KEY);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("No connection to Azure Table storage is configured.")
			.contains("Set 'azure.tables.connection-string', or 'azure.tables.account-name' with"
					+ " 'azure.tables.account-key' or 'azure.tables.sas-token' or 'azure.tables.entra.credential'.")
			.contains("set 'azure.emulator.enabled=true'")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAMissingEventGridConnection(CapturedOutput output) {
		start("--azure.tables.connection-string=UseDevelopmentStorage=true");
		assertThat(output).contains("No connection to Azure Event Grid is configured.")
			.contains(
					"Set 'azure.eventgrid.endpoint' and 'azure.eventgrid.access-key' or 'azure.eventgrid.entra.credential'.");
	}

	@Test
	void explainsAMissingAccessKey(CapturedOutput output) {
		start("--azure.tables.connection-string=UseDevelopmentStorage=true", EVENT_GRID);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'azure.eventgrid.access-key' is not valid: it is missing");
	}

	@Test
	void explainsAMalformedConnectionString(CapturedOutput output) {
		start(EVENT_GRID, EVENT_GRID_KEY, "--azure.tables.connection-string=AccountName=shop;" + SECRET);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The value of 'azure.tables.connection-string'")
			.contains("(set in \"azure.tables.connection-string\" from property source \"commandLineArgs\")")
			.contains("The connection string is malformed")
			.contains("Correct the value of 'azure.tables.connection-string'")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAConnectionStringThatHasAnInvalidKey(CapturedOutput output) {
		start(EVENT_GRID, EVENT_GRID_KEY,
				"--azure.tables.connection-string=AccountName=shop;AccountKey=" + SECRET + "!");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'AccountKey' is not valid")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAnInvalidAccountKey(CapturedOutput output) {
		start(EVENT_GRID, EVENT_GRID_KEY, "--azure.tables.account-name=shop",
				"--azure.tables.account-key=" + SECRET + "!");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The value of 'azure.tables.account-key'")
			.contains("not valid Base64")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsContradictoryCredentials(CapturedOutput output) {
		start(EVENT_GRID, EVENT_GRID_KEY, "--azure.tables.connection-string=AccountName=shop;AccountKey=" + SECRET,
				"--azure.tables.account-key=" + SECRET);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("azure.tables.connection-string")
			.contains("azure.tables.account-key")
			.contains("mutually exclusive")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAnEndpointThatHoldsTheKeyOfABasicTopic(CapturedOutput output) {
		start("--azure.tables.connection-string=UseDevelopmentStorage=true", EVENT_GRID_KEY,
				"--azure.eventgrid.endpoint=https://shop.example.com/api/events?aeg-sas-key=" + SECRET);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The value of 'azure.eventgrid.endpoint'")
			.contains("Basic topics")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAnEndpointWithoutScheme(CapturedOutput output) {
		start("--azure.tables.connection-string=UseDevelopmentStorage=true", EVENT_GRID_KEY,
				"--azure.eventgrid.endpoint=shop.westeurope-1.eventgrid.azure.net");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The value of 'azure.eventgrid.endpoint'")
			.contains("absolute http or https URL")
			.doesNotContain(SECRET);
	}

	@Test
	void explainsAPortInUse(CapturedOutput output) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			start("--azure.emulator.enabled=true", "--azure.emulator.tables-port=" + taken.getLocalPort());
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("cannot listen on port " + taken.getLocalPort() + " of 'azure.emulator.tables-port'")
				.contains("set 'azure.emulator.tables-port' to another port");
		}
	}

	@Test
	void explainsTheEmulatorOnACloudPlatform(CapturedOutput output) {
		start("--azure.emulator.enabled=true", "--spring.main.cloud-platform=azure_app_service");
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The embedded Azure emulator must not start here")
			.contains("AZURE_APP_SERVICE")
			.contains("'spring.main.cloud-platform=none'");
	}

	private static void start(String... arguments) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(arguments).close());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
