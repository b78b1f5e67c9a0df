package dev.reactiveazure.autoconfigure.actuate;

import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} that hides the keys, signatures and
 * secrets among our properties from the actuator's {@code env} and {@code configprops},
 * also where those show values.
 */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
public final class SanitizingAutoConfiguration {

	/** Names come in kebab case, camel case and as environment variables. */
	private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");

	private static final Pattern SECRET = Pattern.compile("azure(tables|eventgrid).*"
			+ "(accountkey|accesskey|sastoken|connectionstring|clientsecret|certificatepassword|proxypassword)");

	SanitizingAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(name = "azureSanitizingFunction")
	SanitizingFunction azureSanitizingFunction() {
		return SanitizingFunction.sanitizeValue().ifKeyMatches(SanitizingAutoConfiguration::isSecret);
	}

	private static boolean isSecret(String key) {
		return SECRET.matcher(SEPARATORS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("")).matches();
	}

}
