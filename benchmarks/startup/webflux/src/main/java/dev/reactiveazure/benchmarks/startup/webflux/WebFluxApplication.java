package dev.reactiveazure.benchmarks.startup.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application that only has the web starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class WebFluxApplication {

	/**
	 * Start the application.
	 * @param args Spring Boot's arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebFluxApplication.class, args);
	}

}
