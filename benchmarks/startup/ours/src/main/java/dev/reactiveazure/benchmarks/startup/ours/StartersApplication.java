package dev.reactiveazure.benchmarks.startup.ours;

import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.tables.template.TableTemplate;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application that has both starters of this project and configures both services.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class StartersApplication {

	@Bean
	ApplicationRunner user(TableTemplate tables, EventGridTemplate events) {
		return (arguments) -> {
		};
	}

	/**
	 * Start the application.
	 * @param args Spring Boot's arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(StartersApplication.class, args);
	}

}
