package dev.reactiveazure.eventgrid.listener.method;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.template.CloudEventFactory;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import dev.reactiveazure.eventgrid.template.EventSubject;
import dev.reactiveazure.eventgrid.template.EventType;
import dev.reactiveazure.eventgrid.template.PayloadConverter;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a method with {@code @SendTo} returns is published before its event is
 * acknowledged.
 */
@Timeout(60)
class ReplyTests {

	private final ListenerApplication application = new ListenerApplication().property("bills", "bills");

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L25")
	void isPublishedBeforeTheEventIsAcknowledged() throws Exception {
		this.application.start(new Bills());
		this.application.publish("1", "one", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(bills(1)).singleElement().satisfies((bill) -> {
			assertThat(bill.getType()).isEqualTo("billed");
			assertThat(bill.getSource()).hasToString("/billing");
		});
	}

	@Test
	@Requirement("L25")
	void mayBeNothingOrSeveral() throws Exception {
		this.application.start(new Bills());
		this.application.publish("1", "none", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		this.application.publish("2", "three", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(bills(3)).hasSize(3);
	}

	@Test
	@Requirement("L25")
	void mayComeFromAFlux() throws Exception {
		this.application.start(new ManyBills());
		this.application.publish("1", "any", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(bills(2)).hasSize(2);
	}

	@Test
	@Requirement("L25")
	void hasTheSameIdWhenItsEventComesAgain() throws Exception {
		this.application.start(new Bills());
		this.application.publish("1", "one", "{}");
		this.application.nextEnded();
		this.application.publish("1", "one", "{}");
		this.application.nextEnded();
		List<CloudEvent> bills = bills(2);
		assertThat(bills).extracting(CloudEvent::getId).hasSize(2).containsOnly(bills.get(0).getId());
	}

	@Test
	@Requirement("L25")
	void failsItsEventWhereItCannotBePublished() throws Exception {
		this.application.property("bills", "nowhere")
			.customize((factory) -> factory
				.errorHandler((event, error) -> Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR))))
			.start(new Bills());
		this.application.publish("1", "one", "{}");
		assertThat(this.application.nextEnded())
			.isEqualTo(new ListenerApplication.Ended("1", 1, EventOutcome.RELEASED));
	}

	@Test
	@Requirement("L25")
	void sharesRequestsWithThoseOfOtherHandlers() throws Exception {
		this.application.start(new Bills());
		this.application.client.publisher("orders")
			.publish(IntStream.range(0, 200).mapToObj((id) -> ListenerApplication.event("" + id, "one")).toList())
			.block(Duration.ofSeconds(10));
		for (int i = 0; i < 200; i++) {
			assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		}
		assertThat(bills(200)).hasSize(200);
		assertThat(this.application.publishRequests()).isLessThan(100);
	}

	@Test
	@Requirement({ "L25", "L35" })
	void isPublishedWithinTheObservationOfItsEvent() throws Exception {
		this.application.observed().start(new Bills());
		this.application.publish("1", "one", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.application.parentsOfPublishes()).contains("azure.eventgrid.process");
	}

	@Test
	@Requirement({ "L25", "L35" })
	void goesOnWithTheTraceOfItsEventWhereItSharesARequest() throws Exception {
		this.application.observed().start(new Bills());
		this.application.client.publisher("orders")
			.publish(IntStream.range(0, 200).mapToObj(ReplyTests::traced).toList())
			.block(Duration.ofSeconds(10));
		for (int i = 0; i < 200; i++) {
			this.application.nextEnded();
		}
		assertThat(bills(200)).filteredOn((bill) -> bill.getExtension("traceparent") != null)
			.isNotEmpty()
			.allSatisfy((bill) -> assertThat(bill.getExtension("traceparent"))
				.isEqualTo(traceparent(Integer.parseInt(String.valueOf(bill.getSubject())))));
	}

	@Test
	@Requirement({ "L25", "L35" })
	void goesOnWithTheTraceOfItsEventWhereNobodyLooksOn() throws Exception {
		this.application.start(new Bills());
		this.application.publish(traced(1));
		this.application.nextEnded();
		assertThat(bills(1)).singleElement()
			.extracting((bill) -> bill.getExtension("traceparent"))
			.isEqualTo(traceparent(1));
	}

	@Test
	@Requirement({ "L25", "L35" })
	void hasNoTraceWhereItsTopicIsToHaveNone() throws Exception {
		try (EventGridNamespaceClient untraced = EventGridNamespaceClient.builder()
			.endpoint(this.application.emulator.eventGridEndpoint())
			.credential(new AzureCredential.AccessKey(this.application.emulator.eventGridKey()))
			.traceEvents(false)
			.build()) {
			registerWest(untraced);
			this.application.start(new WesternBills());
			this.application.client.publisher("orders")
				.publish(IntStream.range(0, 200).mapToObj(ReplyTests::traced).toList())
				.block(Duration.ofSeconds(10));
			for (int i = 0; i < 200; i++) {
				this.application.nextEnded();
			}
			assertThat(bills(200)).hasSize(200).allMatch((bill) -> bill.getExtension("traceparent") == null);
		}
	}

	@Test
	@Requirement("L25")
	void thatCannotBeReadFailsAlone() {
		this.application.start(new Bills());
		ReplyBatcher batcher = new ReplyBatcher(this.application.context.getBean(EventGridTemplate.class), "bills");
		CompletableFuture<@Nullable Void> first = batcher
			.publish(traced(1), List.of(ListenerApplication.event("1", "billed")))
			.toFuture();
		CompletableFuture<@Nullable Void> refused = batcher.publish(traced(2), List.of(unreadable())).toFuture();
		CompletableFuture<@Nullable Void> sharing = batcher
			.publish(traced(3), List.of(ListenerApplication.event("3", "billed")))
			.toFuture();
		assertThat(first).succeedsWithin(Duration.ofSeconds(10));
		assertThat(sharing).succeedsWithin(Duration.ofSeconds(10));
		assertThat(refused).failsWithin(Duration.ofSeconds(10))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("of a foreign class");
	}

	private static CloudEvent unreadable() {
		return (CloudEvent) Proxy.newProxyInstance(ReplyTests.class.getClassLoader(),
				new Class<?>[] { CloudEvent.class }, (proxy, method, arguments) -> {
					throw new IllegalStateException("of a foreign class");
				});
	}

	private static CloudEvent traced(int number) {
		return GridEvent.builder("" + number, URI.create("/test"), "one")
			.extension("traceparent", traceparent(number))
			.build();
	}

	private static String traceparent(int number) {
		return "00-" + "%032x".formatted(number + 1) + "-b7ad6b7169203331-01";
	}

	@Test
	@Requirement("L25")
	void goesOverTheConnectionOfItsListener() throws Exception {
		registerWest(this.application.client);
		this.application.start(new WesternBills());
		this.application.publish("1", "one", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(bills(1)).singleElement().extracting(CloudEvent::getSource).hasToString("/west");
	}

	@Test
	@Requirement("L25")
	void mustHaveAConnectionThatPublishes() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.start(new WesternBills()))
			.withMessageContaining("WesternBills.handle()")
			.withMessageContaining("its @SendTo publishes over its connection 'west'");
	}

	private void registerWest(EventGridNamespaceClient client) {
		this.application.context.registerBean("west", EventGridTemplate.class,
				() -> new EventGridTemplate(client, new CloudEventFactory(JsonMapper.shared(), URI.create("/west")),
						new PayloadConverter(JsonMapper.shared())),
				(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false));
	}

	@Test
	@Requirement("L25")
	void mustHaveSomethingToSend() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.start(new SendsNothing()))
			.withMessageContaining("SendsNothing.handle()")
			.withMessageContaining("it has @SendTo, but returns nothing to send");
	}

	private List<CloudEvent> bills(int count) {
		return Flux
			.defer(() -> this.application.client.receiver("bills", "all")
				.receive(ReceiveOptions.defaults().withMaxEvents(100).withMaxWait(Duration.ofSeconds(10))))
			.repeat(10)
			.flatMapIterable((events) -> events)
			.cast(ReceivedEvent.Valid.class)
			.<CloudEvent>map(ReceivedEvent.Valid::event)
			.take(count)
			.collectList()
			.blockOptional(Duration.ofSeconds(20))
			.orElseThrow();
	}

	@EventType("billed")
	record Bill(@EventSubject String id) {
	}

	static class Bills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("${bills}")
		@Nullable Object handle(CloudEvent event) {
			return switch (event.getType()) {
				case "none" -> null;
				case "three" -> List.of(new Bill("a"), new Bill("b"), new Bill("c"));
				default -> new Bill(event.getId());
			};
		}

	}

	static class ManyBills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		Flux<Bill> handle(CloudEvent event) {
			return Flux.just(new Bill("a"), new Bill("b"));
		}

	}

	static class WesternBills {

		@EventGridListener(topic = "orders", subscription = "billing", connection = "west")
		@SendTo("bills")
		Bill handle(CloudEvent event) {
			return new Bill(event.getId());
		}

	}

	static class SendsNothing {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		void handle(CloudEvent event) {
		}

	}

}
