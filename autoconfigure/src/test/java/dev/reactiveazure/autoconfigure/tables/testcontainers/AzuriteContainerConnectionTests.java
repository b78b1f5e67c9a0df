package dev.reactiveazure.autoconfigure.tables.testcontainers;

import java.time.Duration;

import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesConnectionDetails;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.tables.TableServiceClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.azure.AzuriteContainer;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container whose start and stop do nothing, in front of an emulator: no Docker engine
 * is needed.
 */
class AzuriteContainerConnectionTests {

	private static final AzureEmulator emulator = AzureEmulator.builder().start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, TablesAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s")
		.withUserConfiguration(Containers.class);

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void connectsToTheTablesOfAContainer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TablesConnectionDetails.class);
			StepVerifier.create(context.getBean(TableServiceClient.class).createTable("orders"))
				.expectComplete()
				.verify(Duration.ofSeconds(10));
		});
	}

	@Test
	void replacesThePropertiesOfTheConnection() {
		this.runner.withPropertyValues("azure.tables.endpoint=https://elsewhere.example.com")
			.run((context) -> assertThat(context.getBean(TableServiceClient.class).endpoint().address())
				.isEqualTo(emulator.tablesEndpoint()));
	}

	@Test
	void saysInErrorsThatItIsAContainer() {
		this.runner.run((context) -> assertThat(context.getBean(TablesConnectionDetails.class).getDescription())
			.isEqualTo("a @ServiceConnection to the container mcr.microsoft.com/azure-storage/azurite:latest"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		@ServiceConnection
		AzuriteContainer azurite() {
			return new StartedContainer();
		}

	}

	private static final class StartedContainer extends AzuriteContainer {

		StartedContainer() {
			super("mcr.microsoft.com/azure-storage/azurite:latest");
		}

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public String getDockerImageName() {
			return "mcr.microsoft.com/azure-storage/azurite:latest";
		}

		@Override
		public String getConnectionString() {
			return emulator.tablesConnectionString();
		}

	}

}
