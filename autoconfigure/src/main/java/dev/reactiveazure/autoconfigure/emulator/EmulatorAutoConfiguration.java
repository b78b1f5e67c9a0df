package dev.reactiveazure.autoconfigure.emulator;

import dev.reactiveazure.emulator.AzureEmulator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorFallback;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the embedded emulator, which is
 * there but starts nothing until a service without a configured connection asks for it.
 */
@AutoConfiguration
@ConditionalOnClass(AzureEmulator.class)
@EnableConfigurationProperties(EmulatorProperties.class)
public final class EmulatorAutoConfiguration {

	EmulatorAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean
	EmbeddedEmulator embeddedEmulator(EmulatorProperties properties, Environment environment,
			ObjectProvider<EmulatorCustomizer> customizers) {
		return new EmbeddedEmulator(properties, new EmulatorGuard(environment), customizers.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
	static class InfoConfiguration {

		@Bean
		@ConditionalOnEnabledInfoContributor(value = "azure-emulator",
				fallback = InfoContributorFallback.USE_DEFAULTS_PROPERTY)
		@ConditionalOnMissingBean
		EmulatorInfoContributor azureEmulatorInfoContributor(EmbeddedEmulator emulator) {
			return new EmulatorInfoContributor(emulator);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
	static class HealthConfiguration {

		@Bean
		@ConditionalOnEnabledHealthIndicator("azure-emulator")
		@ConditionalOnMissingBean(name = { "azureEmulatorHealthIndicator", "azureEmulatorHealthContributor" })
		EmulatorHealthIndicator azureEmulatorHealthIndicator(EmbeddedEmulator emulator) {
			return new EmulatorHealthIndicator(emulator);
		}

	}

}
