package dev.reactiveazure.benchmarks.startup.microsoft;

import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.models.CloudEvent;
import com.azure.data.tables.TableServiceAsyncClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.messaging.eventgrid.EventGridPublisherAsyncClient;
import com.azure.messaging.eventgrid.EventGridPublisherClientBuilder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/**
 * An application that makes one bean of each of Microsoft's libraries.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class LibrariesApplication {

	@Bean
	TableServiceAsyncClient tables(@Value("${tables.connection-string}") String connectionString) {
		return new TableServiceClientBuilder().connectionString(connectionString).buildAsyncClient();
	}

	@Bean
	EventGridPublisherAsyncClient<CloudEvent> events(@Value("${eventgrid.endpoint}") String endpoint,
			@Value("${eventgrid.key}") String key) {
		return new EventGridPublisherClientBuilder().endpoint(endpoint)
			.credential(new AzureKeyCredential(key))
			.buildCloudEventPublisherAsyncClient();
	}

	/**
	 * Start the application.
	 * @param args Spring Boot's arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(LibrariesApplication.class, args);
	}

}
