package dev.reactiveazure.benchmarks.startup.springcloud;

import com.azure.data.tables.TableServiceAsyncClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.messaging.eventgrid.EventGridPublisherAsyncClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application whose Event Grid client Microsoft's starter makes.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringCloudAzureApplication {

	@Bean
	TableServiceAsyncClient tables(@Value("${tables.connection-string}") String connectionString) {
		return new TableServiceClientBuilder().connectionString(connectionString).buildAsyncClient();
	}

	@Bean
	ApplicationRunner user(EventGridPublisherAsyncClient<?> events) {
		return (arguments) -> {
		};
	}

	/**
	 * Start the application.
	 * @param args Spring Boot's arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(SpringCloudAzureApplication.class, args);
	}

}
