package dev.reactiveazure.autoconfigure.emulator;

import dev.reactiveazure.emulator.AzureEmulatorBuilder;

/**
 * Changes the embedded emulator before it starts: a clock or a fault plan for a test. All
 * beans of this type are called, in their order, once for each emulated service.
 */
@FunctionalInterface
public interface EmulatorCustomizer {

	/**
	 * Change the emulator.
	 * @param builder describes the emulator; the properties have been applied to it
	 */
	void customize(AzureEmulatorBuilder builder);

}
