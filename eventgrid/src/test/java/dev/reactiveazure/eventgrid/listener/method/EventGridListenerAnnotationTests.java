package dev.reactiveazure.eventgrid.listener.method;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.samples.petclinic.Visits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Methods with {@code @EventGridListener}, in an application context.
 */
@Timeout(60)
class EventGridListenerAnnotationTests {

	private final AzureEmulator emulator = AzureEmulator.builder()
		.tables(false)
		.subscription("orders/billing")
		.subscription("orders/totals")
		.start();

	private final EventGridNamespaceClient client = EventGridNamespaceClient.builder()
		.endpoint(this.emulator.eventGridEndpoint())
		.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
		.build();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
		this.client.close();
		this.emulator.close();
	}

	@Test
	@Requirement("L22")
	void getTheirPayloadConvertedToTheParametersType() throws Exception {
		Orders orders = new Orders(2);
		start(Orders.class, orders);
		publish("1");
		assertThat(orders.handled.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(orders.seen).containsExactlyInAnyOrder("bill 1", "count 1 OrderPlaced");
	}

	@Test
	@Requirement("L21")
	void takeTheirAttributesFromPlaceholdersAndExpressions() {
		start(Orders.class, new Orders(1));
		EventGridListenerContainer billing = registry().find("orders.bill");
		assertThat(billing).isNotNull();
		assertThat(billing.options().concurrency()).isEqualTo(6);
		assertThat(billing.endpoint().subscription()).isEqualTo("billing");
		assertThat(billing.isRunning()).isTrue();
		assertThat(registry().containers()).hasSize(2);
	}

	@Test
	@Requirement("L21")
	void areCalledThroughTheProxyOfTheirBean() throws Exception {
		Queue<String> calls = new ConcurrentLinkedQueue<>();
		this.context.getDefaultListableBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				if (!(bean instanceof Orders)) {
					return bean;
				}
				ProxyFactory proxy = new ProxyFactory(bean);
				proxy.setProxyTargetClass(true);
				proxy.addAdvice((MethodInterceptor) (invocation) -> {
					calls.add(invocation.getMethod().getName());
					return invocation.proceed();
				});
				return proxy.getProxy();
			}
		});
		Orders orders = new Orders(2);
		start(Orders.class, orders);
		publish("1");
		assertThat(orders.handled.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(calls).contains("bill", "count");
	}

	@Test
	@Requirement("L22")
	void getTheTypeThatTheirBeansClassGivesToATypeVariable() throws Exception {
		OrderListener listener = new OrderListener();
		start(OrderListener.class, listener);
		publish("1");
		assertThat(listener.seen.get(10, TimeUnit.SECONDS)).isEqualTo(new OrderPlaced("1"));
	}

	@Test
	@Requirement("L21")
	void areFoundInComponentsThatLiveInAPackageOfSprings() {
		start(Visits.class, new Visits());
		assertThat(registry().find("orders.note")).isNotNull();
	}

	@Test
	void stopWithTheContextAndLeaveNoLock() throws Exception {
		Orders orders = new Orders(2);
		start(Orders.class, orders);
		publish("1");
		assertThat(orders.handled.await(10, TimeUnit.SECONDS)).isTrue();
		this.context.close();
		assertThat(this.emulator.eventGrid().openLocks("orders", "billing")).isEmpty();
		assertThat(this.emulator.eventGrid().openLocks("orders", "totals")).isEmpty();
	}

	@Test
	void mustNotReturnAValueThatNobodyTakes() {
		assertRefused(ReturnsText.class, new ReturnsText(), "ReturnsText.handle()",
				"it must return void, a Disposition, or a Mono, Flux or CompletionStage, not java.lang.String");
	}

	@Test
	@Requirement("L21")
	void mustTakeOnePayload() {
		assertRefused(TakesTwo.class, new TakesTwo(), "TakesTwo.handle()", "it must take one payload, but 2");
	}

	@Test
	void mustTakeSomething() {
		assertRefused(TakesNothing.class, new TakesNothing(), "TakesNothing.handle()",
				"it must take the event's payload, or a CloudEvent, or both");
	}

	@Test
	@Requirement("L21")
	void mustHaveNumbersWhereNumbersAreAskedFor() {
		assertRefused(OddConcurrency.class, new OddConcurrency(), "OddConcurrency.handle()",
				"its attribute concurrency must be a whole number, but is 'many'");
	}

	@Test
	void mustNotAllowFewerEventsInFlightThanHandlers() {
		assertRefused(TooFewInFlight.class, new TooFewInFlight(), "TooFewInFlight.handle()",
				"maxInFlight must be at least concurrency (10), but was 3");
	}

	@Test
	@Requirement("L21")
	void mustNameAConnectionThatExists() {
		assertRefused(OtherConnection.class, new OtherConnection(), "OtherConnection.handle()",
				"There is no connection 'elsewhere'");
	}

	@Test
	void mustNotShareASubscription() {
		assertRefused(Competing.class, new Competing(), "Competing.",
				"and would take each other's events; give each types or a subscription of its own");
	}

	private <T> void assertRefused(Class<T> type, T bean, String method, String reason) {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> start(type, bean))
			.withMessageContaining("'orders'")
			.withMessageContaining(method)
			.withMessageContaining(reason);
	}

	private <T> void start(Class<T> type, T bean) {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(
					new MapPropertySource("test", Map.of("billing.subscription", "billing", "billing.concurrency", 3)));
		this.context.registerBean(EventGridListenerAnnotationBeanPostProcessor.class);
		this.context.registerBean(EventGridListenerRegistry.class);
		this.context.registerBean(PayloadConverter.class, () -> new PayloadConverter(JsonMapper.shared()));
		this.context.registerBean(EventGridListenerContainerFactory.class, this::factory);
		this.context.registerBean("orders", type, () -> bean);
		this.context.refresh();
	}

	private EventGridListenerContainerFactory factory() {
		ContainerOptions options = ContainerOptions.builder()
			.lifecycle((lifecycle) -> lifecycle.keepAlive(false))
			.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(5)))
			.build();
		return EventGridListenerContainerFactory.builder(this::connection).options(options).build();
	}

	private EventGridNamespaceClient connection(String name) {
		if (!name.equals("default")) {
			throw new IllegalArgumentException("There is no connection '" + name + "'");
		}
		return this.client;
	}

	private EventGridListenerRegistry registry() {
		return this.context.getBean(EventGridListenerRegistry.class);
	}

	private void publish(String id) {
		CloudEvent event = GridEvent.builder(id, URI.create("/test"), "OrderPlaced")
			.data("application/json", EventData.json("{\"id\":\"%s\"}".formatted(id).getBytes()))
			.build();
		this.client.publisher("orders").publish(event).block(Duration.ofSeconds(10));
	}

	record OrderPlaced(String id) {
	}

	static class Orders {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		private final CountDownLatch handled;

		Orders(int expected) {
			this.handled = new CountDownLatch(expected);
		}

		/** For the proxy, which calls the real bean. */
		Orders() {
			this(0);
		}

		@EventGridListener(topic = "orders", subscription = "${billing.subscription}",
				concurrency = "#{2 * ${billing.concurrency}}")
		void bill(OrderPlaced order) {
			this.seen.add("bill " + order.id());
			this.handled.countDown();
		}

		@EventGridListener(topic = "orders", subscription = "totals")
		public Mono<Void> count(OrderPlaced order, CloudEvent event) {
			return Mono.fromRunnable(() -> {
				this.seen.add("count " + order.id() + " " + event.getType());
				this.handled.countDown();
			});
		}

	}

	abstract static class PayloadListener<T> {

		final CompletableFuture<T> seen = new CompletableFuture<>();

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(T payload) {
			this.seen.complete(payload);
		}

	}

	static class OrderListener extends PayloadListener<OrderPlaced> {

	}

	static class ReturnsText {

		@EventGridListener(topic = "orders", subscription = "billing")
		String handle(OrderPlaced order) {
			return order.id();
		}

	}

	static class TakesTwo {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(OrderPlaced order, String other) {
		}

	}

	static class TakesNothing {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle() {
		}

	}

	static class OddConcurrency {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "many")
		void handle(OrderPlaced order) {
		}

	}

	static class TooFewInFlight {

		@EventGridListener(topic = "orders", subscription = "billing", maxInFlight = "3")
		void handle(OrderPlaced order) {
		}

	}

	static class OtherConnection {

		@EventGridListener(topic = "orders", subscription = "billing", connection = "elsewhere")
		void handle(OrderPlaced order) {
		}

	}

	static class Competing {

		@EventGridListener(topic = "orders", subscription = "billing")
		void one(OrderPlaced order) {
		}

		@EventGridListener(topic = "orders", subscription = "Billing")
		void other(OrderPlaced order) {
		}

	}

}
