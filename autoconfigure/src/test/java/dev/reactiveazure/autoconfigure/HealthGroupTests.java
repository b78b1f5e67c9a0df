package dev.reactiveazure.autoconfigure;

import java.util.stream.Stream;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.EventGridBasicAutoConfiguration;
import dev.reactiveazure.autoconfigure.eventgrid.actuate.EventGridHealthAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.autoconfigure.tables.health.TablesHealthAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that is away must not have applications restarted: of which groups our health
 * is part.
 */
class HealthGroupTests {

	private static final String[] OURS = { "azureTables", "azureEventgridListeners", "azureEmulator" };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmulatorAutoConfiguration.class, EventGridAutoConfiguration.class,
				EventGridBasicAutoConfiguration.class, EventGridHealthAutoConfiguration.class,
				TablesAutoConfiguration.class, TablesHealthAutoConfiguration.class,
				ApplicationAvailabilityAutoConfiguration.class, AvailabilityHealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				AvailabilityProbesAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s", "azure.emulator.enabled=true",
				"management.endpoint.health.probes.enabled=true", "management.endpoints.web.exposure.include=*");

	@Test
	void noContributorIsPartOfLivenessOrReadinessByDefault() {
		this.runner.run((context) -> assertThat(OURS).allSatisfy((name) -> {
			assertThat(group(context, "liveness").isMember(name)).as(name + " in liveness").isFalse();
			assertThat(group(context, "readiness").isMember(name)).as(name + " in readiness").isFalse();
		}));
	}

	@Test
	void eachContributorCanBeMadePartOfReadiness() {
		this.runner
			.withPropertyValues(
					"management.endpoint.health.group.readiness.include=readinessState," + String.join(",", OURS))
			.run((context) -> {
				assertThat(Stream.of(OURS)).allMatch(group(context, "readiness")::isMember);
				assertThat(Stream.of(OURS)).noneMatch(group(context, "liveness")::isMember);
			});
	}

	private static HealthEndpointGroup group(ApplicationContext context, String name) {
		HealthEndpointGroup group = context.getBean(HealthEndpointGroups.class).get(name);
		assertThat(group).as(name).isNotNull();
		return group;
	}

}
