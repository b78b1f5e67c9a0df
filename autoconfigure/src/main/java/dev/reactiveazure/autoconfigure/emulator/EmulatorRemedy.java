package dev.reactiveazure.autoconfigure.emulator;

import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * What to do to get the embedded emulator where no connection is configured.
 */
public final class EmulatorRemedy {

	private static final String EMULATOR = "dev.reactiveazure.emulator.AzureEmulator";

	private static final String ARTIFACT = "'dev.reactiveazure:reactiveazure-emulator'";

	private EmulatorRemedy() {
	}

	/**
	 * Return what to do.
	 * @param environment the application's environment
	 * @param classLoader the application's class loader, {@code null} for the default one
	 * @return a sentence that names what is missing
	 */
	public static String describe(Environment environment, @Nullable ClassLoader classLoader) {
		boolean present = ClassUtils.isPresent(EMULATOR, classLoader);
		boolean enabled = environment.getProperty("azure.emulator.enabled", Boolean.class, false);
		if (present) {
			return "For development, set 'azure.emulator.enabled=true': the emulator is on the class path.";
		}
		if (enabled) {
			return "'azure.emulator.enabled' is true, but the emulator is not on the class path: for development, add "
					+ ARTIFACT + ".";
		}
		return "For development, add " + ARTIFACT + " to the class path and set 'azure.emulator.enabled=true'.";
	}

}
