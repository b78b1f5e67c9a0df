package dev.reactiveazure.autoconfigure.emulator;

import java.io.IOException;
import java.net.URL;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.util.ResourceUtils;

/**
 * Decides whether the emulator may start in this environment.
 * <p>
 * It may not on a cloud platform. And in a packaged application, a setting that the
 * package itself brought along is a development setting that slipped through, while one
 * from a command line, the environment or a file beside the package is somebody's
 * decision. Packages are jars and wars, unpacked ones and images included.
 */
final class EmulatorGuard {

	private static final ConfigurationPropertyName ENABLED = ConfigurationPropertyName.of("azure.emulator.enabled");

	/** A jar or war that an image or a server has unpacked, or an image made by Jib. */
	private static final Pattern UNPACKED = Pattern.compile("/(BOOT|WEB)-INF/classes/|^/app/(resources|classes)/");

	/** The name of what {@code @PropertySource} adds, which keeps no origin. */
	private static final Pattern CLASS_PATH_SOURCE = Pattern.compile("class path resource \\[(.+)]");

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
		Resource resource = resource(origin);
		return resource != null && !isLooseFile(resource);
	}

	private static @Nullable Resource resource(Origin origin) {
		Origin actual = (origin instanceof PropertySourceOrigin wrapper) ? wrapper.getOrigin() : origin;
		if (actual instanceof TextResourceOrigin text) {
			return text.getResource();
		}
		String source = (origin instanceof PropertySourceOrigin wrapper) ? wrapper.getPropertySource().getName() : "";
		Matcher annotated = CLASS_PATH_SOURCE.matcher(source);
		return annotated.matches() ? new ClassPathResource(annotated.group(1)) : null;
	}

	private static boolean isLooseFile(Resource resource) {
		try {
			URL url = resource.getURL();
			return ResourceUtils.isFileURL(url) && !UNPACKED.matcher(url.getPath()).find();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
