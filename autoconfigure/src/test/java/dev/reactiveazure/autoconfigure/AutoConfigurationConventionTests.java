package dev.reactiveazure.autoconfigure;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class AutoConfigurationConventionTests {

	private static final String PACKAGE = "dev.reactiveazure.autoconfigure.";

	@Test
	void importsAreSortedAndComplete() {
		assertThat(autoConfigurations()).isSorted()
			.containsExactly(PACKAGE + "actuate.SanitizingAutoConfiguration",
					PACKAGE + "emulator.EmulatorAutoConfiguration", PACKAGE + "eventgrid.EventGridAutoConfiguration",
					PACKAGE + "eventgrid.EventGridBasicAutoConfiguration",
					PACKAGE + "eventgrid.actuate.EventGridEndpointAutoConfiguration",
					PACKAGE + "eventgrid.actuate.EventGridHealthAutoConfiguration",
					PACKAGE + "tables.TablesAutoConfiguration",
					PACKAGE + "tables.health.TablesHealthAutoConfiguration");
	}

	@Test
	void classesArePublicAndFinalAndTheirMembersAreNot() {
		assertThat(classes()).allSatisfy((type) -> {
			assertThat(type).isPublic().isFinal().hasAnnotation(AutoConfiguration.class);
			for (Constructor<?> constructor : type.getDeclaredConstructors()) {
				assertThat(Modifier.isPublic(constructor.getModifiers())).as("%s", constructor).isFalse();
			}
			for (Method method : type.getDeclaredMethods()) {
				assertThat(Modifier.isPublic(method.getModifiers())).as("%s", method).isFalse();
			}
		});
	}

	@Test
	void classesThatAreOrderedByNameExist() {
		assertThat(classes()).flatExtracting((type) -> {
			AutoConfiguration annotation = type.getAnnotation(AutoConfiguration.class);
			return Stream.of(annotation.afterName(), annotation.beforeName()).flatMap(Arrays::stream).toList();
		}).isNotEmpty().allMatch((name) -> ClassUtils.isPresent(name, getClass().getClassLoader()));
	}

	@Test
	void conditionsAreProcessedAheadOfTime() throws IOException {
		URL classes = HttpProperties.class.getProtectionDomain().getCodeSource().getLocation();
		Properties properties = PropertiesLoaderUtils
			.loadProperties(new UrlResource(new URL(classes, "META-INF/spring-autoconfigure-metadata.properties")));
		assertThat(properties.stringPropertyNames()).containsAll(autoConfigurations());
	}

	@Test
	void failureAnalyzersCanBeCreated() {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					SpringFactoriesLoader.ArgumentResolver.of(Environment.class, new StandardEnvironment()),
					(type, name, failure) -> {
					});
		assertThat(analyzers).extracting((analyzer) -> analyzer.getClass().getName())
			.filteredOn((name) -> name.startsWith(PACKAGE))
			.hasSize(4);
	}

	private static List<String> autoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, HttpProperties.class.getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith(PACKAGE))
			.toList();
	}

	private static List<Class<?>> classes() {
		return autoConfigurations().stream()
			.<Class<?>>map((name) -> ClassUtils.resolveClassName(name, HttpProperties.class.getClassLoader()))
			.toList();
	}

}
