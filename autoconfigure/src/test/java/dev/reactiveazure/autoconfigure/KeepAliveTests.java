package dev.reactiveazure.autoconfigure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.eventgrid.listener.EventGridListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications without a web server in Java processes of their own.
 */
@Timeout(90)
class KeepAliveTests {

	private static final String STARTED = "the application has started";

	@Test
	void anApplicationWithNothingButAListenerStaysAlive() throws IOException, InterruptedException {
		Process process = start();
		// All that could keep it alive by accident ended with the main method.
		assertThat(process.waitFor(4, TimeUnit.SECONDS)).as("the process ended").isFalse();
		process.destroy();
		assertThat(endsWithin(process, 30)).as("the process ended when asked to").isTrue();
	}

	@Test
	void anApplicationThatWantsToEndDoes() throws IOException, InterruptedException {
		Process process = start("--azure.eventgrid.listener.keep-alive=false");
		assertThat(endsWithin(process, 30)).as("the process ended").isTrue();
	}

	private static boolean endsWithin(Process process, int seconds) throws InterruptedException {
		boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
		process.destroyForcibly();
		return ended;
	}

	private static Process start(String... arguments) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), Application.class.getName());
		builder.command().addAll(List.of(arguments));
		Process process = builder.redirectErrorStream(true).start();
		BufferedReader output = process.inputReader();
		List<String> lines = new ArrayList<>();
		boolean started = output.lines().peek(lines::add).anyMatch(STARTED::equals);
		assertThat(started).as("the application started: %s", lines).isTrue();
		return process;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		public static void main(String[] arguments) {
			new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
				.properties("azure.emulator.enabled=true", "spring.docker.compose.enabled=false",
						"azure.tables.connection-string=UseDevelopmentStorage=true", "spring.main.cloud-platform=none")
				.run(arguments);
			System.out.println(STARTED);
		}

		@EventGridListener(topic = "orders", subscription = "billing")
		void bill(String event) {
		}

	}

}
