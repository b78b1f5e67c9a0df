package dev.reactiveazure.autoconfigure.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a newcomer copies from the first pages compiles, runs, and does what they say.
 */
@ExtendWith(OutputCaptureExtension.class)
class GettingStartedTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Path GUIDE = Path.of("..", "docs", "getting-started.md");

	private static final Path README = Path.of("..", "README.md");

	private static final Pattern BLOCK = Pattern.compile("(?:`([^`\\n]+)`:\\R\\R)?```(\\w+)\\R(.*?)```",
			Pattern.DOTALL);

	private static final String README_IMPORTS = """
			import java.math.BigDecimal;

			import dev.reactiveazure.eventgrid.listener.EventGridListener;
			import dev.reactiveazure.eventgrid.template.EventGridTemplate;
			import dev.reactiveazure.tables.mapping.*;
			import dev.reactiveazure.tables.template.TableTemplate;
			import org.jspecify.annotations.Nullable;
			import reactor.core.publisher.Mono;

			import org.springframework.data.annotation.Version;
			import org.springframework.stereotype.Service;

			""";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void theApplicationOfTheGuideBillsItsFirstOrder(CapturedOutput output) throws Exception {
		Path settings = this.directory.resolve("application.yaml");
		Files.writeString(settings, file(GUIDE, "src/main/resources/application.yaml"));
		compile("ShopApplication", file(GUIDE, "src/main/java/com/example/ShopApplication.java"));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() },
				getClass().getClassLoader()); ConfigurableApplicationContext application = run(loader, settings)) {
			assertThat(application.isRunning()).isTrue();
			Flux.interval(Duration.ofMillis(20))
				.takeUntil((tick) -> output.getOut().contains("Billing order 1"))
				.blockLast(LIMIT);
		}
	}

	@Test
	void theServiceOfTheReadmeCompiles() throws IOException {
		String code = blocks(README, "java").get(0);
		compile("Orders", README_IMPORTS + code);
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "docs/getting-started.md" })
	void settingsNameOnlyPropertiesThatExist(String guide) throws IOException {
		List<String> known = known();
		for (String block : blocks(Path.of("..", guide), "yaml")) {
			YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
			yaml.setResources(new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
			Properties properties = yaml.getObject();
			assertThat(properties).isNotNull();
			assertThat(properties.keySet()).isNotEmpty()
				.allSatisfy((name) -> assertThat(known).contains(withoutNames(name.toString())));
		}
	}

	private static ConfigurableApplicationContext run(ClassLoader loader, Path settings) throws Exception {
		return new SpringApplicationBuilder(new DefaultResourceLoader(loader),
				loader.loadClass("com.example.ShopApplication"))
			.web(WebApplicationType.NONE)
			.run("--spring.config.location=" + settings.toUri(), "--spring.reactor.netty.shutdown-quiet-period=0s",
					"--spring.main.cloud-platform=none");
	}

	/** What is between the names that users choose. */
	private static String withoutNames(String name) {
		return name.replaceFirst("\\.connections\\.\\w+\\.", ".").replaceFirst("\\.destinations\\..*", ".destinations");
	}

	private static List<String> known() throws IOException {
		return List.copyOf(ConfigurationMetadataRepositoryJsonBuilder
			.create(new ClassPathResource("META-INF/spring-configuration-metadata.json").getInputStream())
			.build()
			.getAllProperties()
			.keySet());
	}

	private void compile(String name, String code) throws IOException {
		Path source = this.directory.resolve(name + ".java");
		Files.writeString(source, code);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter problems = new StringWriter();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT,
				StandardCharsets.UTF_8)) {
			boolean compiled = compiler
				.getTask(problems, files, null, List.of("-parameters", "-proc:none", "-d", this.directory.toString()),
						null, files.getJavaFileObjects(source))
				.call();
			assertThat(compiled).as(problems.toString()).isTrue();
		}
	}

	private static String file(Path guide, String name) throws IOException {
		return BLOCK.matcher(Files.readString(guide))
			.results()
			.filter((block) -> name.equals(block.group(1)))
			.findFirst()
			.orElseThrow()
			.group(3);
	}

	private static List<String> blocks(Path guide, String language) throws IOException {
		Matcher blocks = BLOCK.matcher(Files.readString(guide));
		return blocks.results()
			.filter((block) -> language.equals(block.group(2)))
			.map((block) -> block.group(3))
			.toList();
	}

}
