package dev.reactiveazure.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * Tells which property cannot be used, and where it was set. Unlike Boot's analyzer of
 * invalid values it never prints the value, which may be a key.
 */
final class InvalidAzurePropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidAzurePropertyException> {

	private final Environment environment;

	InvalidAzurePropertyFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidAzurePropertyException cause) {
		Origin origin = origin(cause.property());
		String where = (origin != null) ? " (set in " + origin + ")" : "";
		return new FailureAnalysis(
				"The value of '" + cause.property() + "'" + where + " is not valid: " + cause.reason() + ".",
				"Correct the value of '" + cause.property() + "'. The value itself is not shown, as it may be secret.",
				cause);
	}

	private @Nullable Origin origin(String property) {
		if (!ConfigurationPropertyName.isValid(property)) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found.getOrigin();
			}
		}
		return null;
	}

}
