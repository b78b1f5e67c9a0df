package dev.reactiveazure.autoconfigure.emulator;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.util.ResourceUtils;

/**
 * Decides whether the emulator may start in this environment.
 * <p>
 * It may not on a cloud platform. And in a packaged application, a setting that the
 * package itself brought along is a development setting that slipped through, while one
 * from a command line, the environment or a file beside the package is somebody's
 * decision.
 */
final class EmulatorGuard {

	private static final ConfigurationPropertyName ENABLED = ConfigurationPropertyName.of("azure.emulator.enabled");

	private final Environment environment;

	EmulatorGuard(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Return normally if the emulator may start.
	 * @param connection the properties that would configure a real connection
	 * @throws EmulatorNotPermittedException if it may not
	 */
	void check(String connection) {
		CloudPlatform platform = CloudPlatform.getActive(this.environment);
		if (platform != null && platform != CloudPlatform.NONE) {
			throw new EmulatorNotPermittedException(
					"'azure.emulator.enabled' is true, but the application runs on the cloud platform " + platform,
					"Configure the connection with " + connection + ", and remove 'azure.emulator.enabled'. If this"
							+ " is a build or a test that happens to run there, set 'spring.main.cloud-platform=none'.");
		}
		Origin origin = enabledBy();
		if (origin != null && isPackaged(origin)) {
			throw new EmulatorNotPermittedException(
					"the application is packaged, and it is the package itself that sets 'azure.emulator.enabled' ("
							+ origin + ")",
					"Configure the connection with " + connection + ". To run this package with the emulator, say so"
							+ " from outside, as with '--azure.emulator.enabled=true' on the command line.");
		}
	}

	private @Nullable Origin enabledBy() {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(ENABLED);
			if (property != null) {
				return property.getOrigin();
			}
		}
		return null;
	}

	private static boolean isPackaged(Origin origin) {
		Origin actual = (origin instanceof PropertySourceOrigin wrapper) ? wrapper.getOrigin() : origin;
		Resource resource = (actual instanceof TextResourceOrigin text) ? text.getResource() : null;
		return resource != null && !isFile(resource);
	}

	private static boolean isFile(Resource resource) {
		try {
			return ResourceUtils.isFileURL(resource.getURL());
		}
		catch (IOException ex) {
			return false;
		}
	}

}
