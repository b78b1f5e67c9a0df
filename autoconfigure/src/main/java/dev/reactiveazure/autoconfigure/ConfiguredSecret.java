package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
	 * @throws InvalidAzurePropertyException if the file can't be read
	 */
	public static @Nullable ConfiguredSecret of(String property, @Nullable String value, @Nullable String file) {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(property, value);
			entries.put(property + "-file", file);
		});
		if (value != null) {
			return new ConfiguredSecret(property, value, false);
		}
		return (file != null) ? new ConfiguredSecret(property + "-file", read(property + "-file", file), true) : null;
	}

	private static String read(String property, String file) {
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
