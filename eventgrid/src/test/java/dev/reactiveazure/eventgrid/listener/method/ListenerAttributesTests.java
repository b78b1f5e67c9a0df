package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.AckMode;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import dev.reactiveazure.eventgrid.listener.ListenerErrorHandler;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.DefaultScopedObject;
import org.springframework.aop.support.DelegatingIntroductionInterceptor;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code @EventGridListener} can say, and what it is told where it can't.
 */
@Timeout(60)
class ListenerAttributesTests {

	private final ListenerApplication application = new ListenerApplication();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L21")
	void setEveryOptionOfTheContainer() {
		this.application.property("topic", "orders").start(new SaysEverything());
		EventGridListenerContainer container = this.application.container();
		ContainerOptions options = container.options();
		assertThat(container.id()).isEqualTo("everything");
		assertThat(container.endpoint().topic()).isEqualTo("orders");
		assertThat(container.endpoint().connection()).isEqualTo("other");
		assertThat(container.isAutoStartup()).isFalse();
		assertThat(container.isRunning()).isFalse();
		assertThat(options.concurrency()).isEqualTo(3);
		assertThat(options.maxInFlight()).isEqualTo(30);
		assertThat(options.receiving().maxEvents()).isEqualTo(5);
		assertThat(options.receiving().maxWait()).isEqualTo(Duration.ofSeconds(20));
		assertThat(options.settlement().ackMode()).isEqualTo(AckMode.MANUAL);
	}

	@Test
	@Requirement("L21")
	void mayComeSeveralTimesAndFromAnAnnotationOfTheUser() throws Exception {
		Several several = new Several();
		this.application.start(several);
		assertThat(this.application.context.getBean(EventGridListenerRegistry.class).containers())
			.extracting((container) -> container.endpoint().topic())
			.containsExactlyInAnyOrder("orders", "bills");
		this.application.publish("1", "placed", "{}");
		assertThat(this.application.nextEnded().eventId()).isEqualTo("1");
		this.application.client.publisher("bills").publish(event("2")).block(Duration.ofSeconds(10));
		assertThat(this.application.nextEnded().eventId()).isEqualTo("2");
		assertThat(several.seen).containsExactly("1", "2");
	}

	private static CloudEvent event(String id) {
		return CloudEventBuilder.v1().withId(id).withSource(URI.create("/test")).withType("billed").build();
	}

	@Test
	@Requirement({ "L8", "L21" })
	void letAMethodSettleThroughItsDelivery() throws Exception {
		this.application.start(new SettlesTheDelivery());
		this.application.publish("1", "placed", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.REJECTED);
	}

	@Test
	@Requirement("L21")
	void filterEventsByAnExpressionOrABean() throws Exception {
		Filtered filtered = new Filtered();
		this.application.property("filter", "subject == 'subject-2'").start(filtered);
		this.application.publish("1", "placed", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		this.application.publish("2", "placed", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(filtered.seen).containsExactly("2");
	}

	@Test
	@Requirement("L21")
	void nameTheBeansOfAFilterAndAnErrorHandler() throws Exception {
		Predicate<CloudEvent> filter = (event) -> event.getId().equals("2");
		ListenerErrorHandler errorHandler = (event, error) -> Mono.just(Disposition.reject());
		this.application.context.registerBean("mine", Predicate.class, () -> filter);
		this.application.context.registerBean("rejecting", ListenerErrorHandler.class, () -> errorHandler);
		this.application.property("filter", "mine").property("errors", "rejecting").start(new Filtered());
		this.application.publish("1", "placed", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		this.application.publish("2", "fail", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.REJECTED);
	}

	@ParameterizedTest
	@Requirement("L21")
	@CsvSource(delimiter = '|', textBlock = """
			concurrency    | 0       | concurrency must be at least 1, but was 0
			concurrency    | many    | its attribute concurrency must be a whole number, but is 'many'
			maxEvents      | 101     | receiving.maxEvents must be between 1 and 100, but was 101
			maxWait        | 5s      | receiving.maxWait must be 10 to 120 whole seconds, but was PT5S
			maxWait        | soon    | its attribute maxWait must be a duration such as 30s, but is 'soon'
			timeout        | 0s      | timeout must be positive, but was PT0S
			ackMode        | never   | its attribute ackMode must be one of auto, manual, but is 'never'
			ackMode        | manual  | has the acknowledge mode MANUAL, but its handler has no parameter of type
			autoStartup    | perhaps | its attribute autoStartup must be true or false, but is 'perhaps'
			errorHandler   | nobody  | No bean named 'nobody' available
			filter         | a b c   | its attribute filter must be an expression over the event, but is 'a b c'
			concurrencyKey | a b c   | its attribute concurrencyKey must be an expression over the event
			factory        | nobody  | No bean named 'nobody' available
			""")
	void areRefusedWithBeanAndMethodWhereTheyAreWrong(String attribute, String value, String reason) {
		this.application.property(attribute, value);
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.start(new SaysWhatATestSays()))
			.withMessageContaining("'orders'")
			.withMessageContaining("SaysWhatATestSays.handle()")
			.withMessageContaining(reason);
	}

	@Test
	@Requirement("L21")
	void areRefusedOnAScopedBean() {
		ProxyFactory proxy = new ProxyFactory(new SaysWhatATestSays());
		proxy.setProxyTargetClass(true);
		proxy.addAdvice(new DelegatingIntroductionInterceptor(
				new DefaultScopedObject(this.application.context.getBeanFactory(), "scopedTarget.orders")));
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.start(proxy.getProxy()))
			.withMessageContaining("SaysWhatATestSays.handle()")
			.withMessageContaining("its bean must be a singleton");
	}

	static class SaysEverything {

		@EventGridListener(id = "everything", topic = "${topic}", subscription = "billing", connection = "other",
				concurrency = "#{1 + 2}", maxInFlight = "30", maxEvents = "5", maxWait = "20s", ackMode = "manual",
				autoStartup = "false")
		void handle(EventSettlement settlement) {
		}

	}

	@EventGridListener(topic = "bills", subscription = "all")
	@Retention(RetentionPolicy.RUNTIME)
	@interface BillListener {

		@AliasFor(annotation = EventGridListener.class)
		String concurrency() default "";

	}

	static class Several {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@EventGridListener(id = "one", topic = "orders", subscription = "billing")
		@BillListener(concurrency = "2")
		void handle(CloudEvent event) {
			this.seen.add(event.getId());
		}

	}

	static class SettlesTheDelivery {

		@EventGridListener(topic = "orders", subscription = "billing", ackMode = "manual")
		Mono<Void> handle(Delivery delivery) {
			return delivery.settlement().reject();
		}

	}

	static class Filtered {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@EventGridListener(topic = "orders", subscription = "billing", filter = "${filter}",
				errorHandler = "${errors:}")
		void handle(CloudEvent event) {
			this.seen.add(event.getId());
			if (event.getType().equals("fail")) {
				throw new IllegalStateException("of the handler");
			}
		}

	}

	static class SaysWhatATestSays {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "${concurrency:}",
				maxEvents = "${maxEvents:}", maxWait = "${maxWait:}", timeout = "${timeout:}", ackMode = "${ackMode:}",
				autoStartup = "${autoStartup:}", errorHandler = "${errorHandler:}", filter = "${filter:}",
				concurrencyKey = "${concurrencyKey:}", containerFactory = "${factory:}")
		void handle(CloudEvent event) {
		}

	}

}
