package dev.reactiveazure.autoconfigure.eventgrid;

import java.time.Duration;

import dev.reactiveazure.autoconfigure.InvalidAzurePropertyException;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.template.EventGridDestinations;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that lead to a topic of any namespace, by configuration alone.
 */
class LogicalDestinationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final AzureEmulator shop = AzureEmulator.builder().subscription("orders/shop").start();

	private final AzureEmulator audit = AzureEmulator.builder()
		.subscription("orders/billing")
		.subscription("orders/archive")
		.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(EventGridAutoConfiguration.class, EventGridBasicAutoConfiguration.class))
		.withPropertyValues("spring.reactor.netty.shutdown-quiet-period=0s",
				"azure.eventgrid.endpoint=" + this.shop.eventGridEndpoint(),
				"azure.eventgrid.access-key=" + this.shop.eventGridKey(),
				"azure.eventgrid.connections.audit.endpoint=" + this.audit.eventGridEndpoint(),
				"azure.eventgrid.connections.audit.access-key=" + this.audit.eventGridKey());

	private final ApplicationContextRunner logical = this.runner.withPropertyValues(
			"azure.eventgrid.destinations.bills.connection=audit", "azure.eventgrid.destinations.bills.topic=orders",
			"azure.eventgrid.destinations.bills.subscription=billing");

	@AfterEach
	void stop() {
		this.shop.close();
		this.audit.close();
	}

	@Test
	void leadToATopicOfAnotherNamespace() {
		this.logical.run((context) -> {
			publish(context.getBean(EventGridTemplate.class), "bills");
			assertThat(this.audit.eventGrid().pendingCount("orders", "billing")).isEqualTo(1);
			assertThat(this.shop.eventGrid().pendingCount("orders", "shop")).isZero();
		});
	}

	@Test
	void leaveOtherNamesToTheNamespace() {
		this.logical.run((context) -> {
			publish(context.getBean(EventGridTemplate.class), "orders");
			assertThat(this.shop.eventGrid().pendingCount("orders", "shop")).isEqualTo(1);
		});
	}

	@Test
	void areTheTopicOfTheirNameByDefault() {
		this.runner.withPropertyValues("azure.eventgrid.destinations.orders.connection=audit").run((context) -> {
			publish(context.getBean(EventGridTemplate.class), "orders");
			assertThat(this.audit.eventGrid().pendingCount("orders", "billing")).isEqualTo(1);
		});
	}

	@Test
	void areListenedTo() {
		this.logical.withBean(Billing.class).run((context) -> {
			publish(context.getBean(EventGridTemplate.class), "bills");
			StepVerifier.create(context.getBean(Billing.class).billed.asMono())
				.expectNext("1")
				.expectComplete()
				.verify(LIMIT);
		});
	}

	@Test
	void leaveTheSubscriptionToListenersThatNameOne() {
		this.logical.withBean(Archive.class)
			.run((context) -> assertThat(context.getBean(EventGridListenerRegistry.class).containers()).singleElement()
				.satisfies((container) -> {
					assertThat(container.endpoint().connection()).isEqualTo("audit");
					assertThat(container.endpoint().topic()).isEqualTo("orders");
					assertThat(container.endpoint().subscription()).isEqualTo("archive");
				}));
	}

	@Test
	void areRefusedWhereTheirConnectionIsUnknown() {
		this.runner.withPropertyValues("azure.eventgrid.destinations.bills.connection=nowhere")
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(InvalidAzurePropertyException.class)
				.hasMessageContaining("'azure.eventgrid.destinations.bills.connection'")
				.hasMessageContaining("'nowhere'")
				.hasMessageContaining("'audit'"));
	}

	@Test
	void areNeededByAListenerWithoutASubscription() {
		this.runner.withBean(Billing.class)
			.run((context) -> assertThat(context.getStartupFailure()).hasMessageContaining("Billing.bill()")
				.hasMessageContaining("subscription"));
	}

	@Test
	void canComeFromTheUser() {
		this.runner
			.withBean(EventGridDestinations.class,
					() -> (name) -> new EventGridDestinations.Destination("audit", "orders", null))
			.run((context) -> {
				publish(context.getBean(EventGridTemplate.class), "anything");
				assertThat(this.audit.eventGrid().pendingCount("orders", "billing")).isEqualTo(1);
			});
	}

	private static void publish(EventGridTemplate events, String name) {
		StepVerifier.create(events.publish(name, new OrderPlaced("1"))).expectComplete().verify(LIMIT);
	}

	record OrderPlaced(String id) {

	}

	static class Billing {

		private final Sinks.One<String> billed = Sinks.one();

		@EventGridListener(topic = "bills")
		Mono<Void> bill(OrderPlaced event) {
			return Mono.fromRunnable(() -> this.billed.tryEmitValue(event.id()));
		}

	}

	static class Archive {

		@EventGridListener(topic = "bills", subscription = "archive")
		Mono<Void> archive(OrderPlaced event) {
			return Mono.empty();
		}

	}

}
