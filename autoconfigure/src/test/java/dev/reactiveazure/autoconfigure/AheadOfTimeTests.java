package dev.reactiveazure.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.reactiveazure.eventgrid.listener.EventGridHandler;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application is turned into ahead of time.
 */
class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	@Test
	void opensListenerMethodsTheirPayloadsAndMappedClassesToReflection() throws Exception {
		RuntimeHints hints = process("azure.emulator.enabled=true");
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Application.class.getDeclaredMethod("bill", OrderPlaced.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(OrderPlaced.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
	}

	@Test
	void opensMethodsOfListenersThatAreClassesAndRepliesToReflection() throws Exception {
		RuntimeHints hints = process("azure.emulator.enabled=true");
		assertThat(RuntimeHintsPredicates.reflection()
			.onMethodInvocation(Stock.class.getDeclaredMethod("reserve", Reservation.class))).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Reservation.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Reserved.class)).accepts(hints);
	}

	@Test
	void opensRepliesThatAreThemselvesGenericToReflectionAndNotWhatCarriesThem() {
		RuntimeHints hints = process("azure.emulator.enabled=true");
		assertThat(List.of(Envelope.class, Confirmed.class, Receipt.class, Paid.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(hints));
		assertThat(List.of(CompletionStage.class, Message.class))
			.allSatisfy((type) -> assertThat(RuntimeHintsPredicates.reflection().onType(type)).rejects(hints));
	}

	@Test
	void generatesCodeForConnectionsWithNames() {
		process("azure.emulator.enabled=true",
				"azure.tables.connections.audit.connection-string=UseDevelopmentStorage=true",
				"azure.eventgrid.connections.audit.endpoint=https://audit.example.com",
				"azure.eventgrid.connections.audit.access-key=secret");
		String code = this.files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet().toString();
		assertThat(code).contains("TablesConnections__").contains("EventGridConnections__");
	}

	@Test
	void putsNoSecretIntoCode() {
		process("azure.tables.account-name=shop", "azure.tables.account-key=c2VjcmV0LXRoYXQ=",
				"azure.eventgrid.endpoint=https://shop.example.com", "azure.eventgrid.access-key=c2VjcmV0LXRoYXQ=");
		assertThat(this.files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).values()).isNotEmpty()
			.allSatisfy((source) -> {
				String text = new String(source.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				assertThat(text).doesNotContain("c2VjcmV0LXRoYXQ=");
			});
	}

	private RuntimeHints process(String... properties) {
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(AheadOfTimeTests.class)), this.files);
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			context.register(Application.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		generation.writeGeneratedContent();
		return generation.getRuntimeHints();
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id) {

	}

	record OrderPlaced(String id) {

	}

	record Reservation(String id) {

	}

	record Reserved(String id) {

	}

	record Envelope<T>(T content) {

	}

	record Confirmed(String id) {

	}

	record Receipt<T>(T content) {

	}

	record Paid(String id) {

	}

	@EventGridListener(topic = "orders", subscription = "stock")
	static class Stock {

		@EventGridHandler(types = "reservation")
		@SendTo("reserved")
		Mono<List<Reserved>> reserve(Reservation reservation) {
			return Mono.empty();
		}

		@EventGridHandler(types = "confirmation")
		@SendTo("confirmed")
		Mono<Envelope<Confirmed>> confirm(Reservation reservation) {
			return Mono.empty();
		}

		@EventGridHandler(types = "payment")
		@SendTo("paid")
		CompletionStage<List<Message<Receipt<Paid>>>> pay(Reservation reservation) {
			return CompletableFuture.completedStage(List.of());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Stock.class)
	@AutoConfigurationPackage(basePackageClasses = AheadOfTimeTests.class)
	static class Application {

		@EventGridListener(topic = "orders", subscription = "billing")
		void bill(OrderPlaced event) {
		}

	}

}
