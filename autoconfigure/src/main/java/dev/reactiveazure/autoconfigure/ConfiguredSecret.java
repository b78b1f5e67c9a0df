package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

/**
 * A secret that a property holds, or a file that a property names: a mounted secret,
 * which is read again while the application runs.
 *
 * @param property the name of the property that is set
 * @param value the secret
 * @param inFile whether it was read from a file
 */
public record ConfiguredSecret(String property, String value, boolean inFile) {

	/**
	 * Read a secret.
	 * @param property the name of the property that may hold it; that of the other has
	 * {@code -file} at its end
	 * @param value the value of the property; may be {@code null}
	 * @param file the path of the file; may be {@code null}
	 * @return the secret, without white space at its ends; {@code null} if neither is set
	 * @throws MutuallyExclusiveConfigurationPropertiesException if both are set
	 * @throws InvalidAzurePropertyException if the file can't be read, or a placeholder
	 * is left in the value
	 */
	public static @Nullable ConfiguredSecret of(String property, @Nullable String value, @Nullable String file) {
		if (value != null && file != null) {
			List<String> both = List.of(property, property + "-file");
			throw new MutuallyExclusiveConfigurationPropertiesException(both, both);
		}
		if (value != null) {
			return new ConfiguredSecret(property, requireResolved(property, value), false);
		}
		return (file != null) ? new ConfiguredSecret(property + "-file", read(property + "-file", file), true) : null;
	}

	/**
	 * Refuse a value in which a placeholder is left: Boot keeps those of which nothing is
	 * known, and a service would see it as a wrong key.
	 * @param property the name of the property
	 * @param value its value
	 * @return the value
	 * @throws InvalidAzurePropertyException if a placeholder is left in the value
	 */
	public static String requireResolved(String property, String value) {
		if (value.contains("${")) {
			throw new InvalidAzurePropertyException(property,
					"it has a placeholder '${…}' that nothing resolves: set the variable or property it names");
		}
		return value;
	}

	private static String read(String property, String file) {
		if (file.isBlank()) {
			throw new InvalidAzurePropertyException(property, "it is empty: name a file, or remove it");
		}
		try {
			return Files.readString(Path.of(file)).trim();
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new InvalidAzurePropertyException(property,
					"its file can't be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	@Override
	public String toString() {
		return "ConfiguredSecret[property=" + this.property + ", value=***]";
	}

}
