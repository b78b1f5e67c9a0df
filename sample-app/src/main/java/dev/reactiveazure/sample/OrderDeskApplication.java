package dev.reactiveazure.sample;

import dev.reactiveazure.sample.failure.FailureProperties;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.IdGenerator;
import org.springframework.util.JdkIdGenerator;

/**
 * The order desk. Without further settings it runs on the embedded emulator.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(FailureProperties.class)
public class OrderDeskApplication {

	public static void main(String[] args) {
		SpringApplication.run(OrderDeskApplication.class, args);
	}

	@Bean
	IdGenerator orderIds() {
		return new JdkIdGenerator();
	}

}
