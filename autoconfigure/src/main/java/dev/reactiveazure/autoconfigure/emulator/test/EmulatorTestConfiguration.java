package dev.reactiveazure.autoconfigure.emulator.test;

import java.time.Instant;

import dev.reactiveazure.autoconfigure.emulator.EmulatorAutoConfiguration;
import dev.reactiveazure.autoconfigure.emulator.EmulatorCustomizer;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.http.FaultPlan;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * What a test steers the emulator with. The test's own customizers come later and win.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AzureEmulator.class)
@ImportAutoConfiguration(EmulatorAutoConfiguration.class)
class EmulatorTestConfiguration {

	static final String FAULT_PLAN = "azureEmulatorFaultPlan";

	@Bean(FAULT_PLAN)
	@ConditionalOnMissingBean
	FaultPlan azureEmulatorFaultPlan() {
		return FaultPlan.create();
	}

	@Bean
	@ConditionalOnBooleanProperty("azure.emulator.test.movable-clock")
	@ConditionalOnMissingBean(EmulatorClock.class)
	MovableClock azureEmulatorClock() {
		return MovableClock.startingAt(Instant.now());
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	EmulatorCustomizer azureEmulatorTestCustomizer(FaultPlan faults, ObjectProvider<EmulatorClock> clock) {
		return (builder) -> {
			builder.faults(faults);
			clock.ifUnique(builder::clock);
		};
	}

}
