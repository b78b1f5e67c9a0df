package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.BatchFailureException;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.ErrorKind;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.EventValidationException;
import dev.reactiveazure.eventgrid.listener.HandlingOutcome;
import dev.reactiveazure.eventgrid.template.EventConversionException;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What methods can do that take several events with one call.
 */
@Timeout(60)
class BatchListenerTests {

	private final ListenerApplication application = new ListenerApplication();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	static Stream<Batches> forms() {
		return Stream.of(new Payloads(), new Messages(), new Events(), new Deliveries());
	}

	@ParameterizedTest
	@MethodSource("forms")
	@Requirement("L24")
	void takeAllThatWaitWithOneCall(Batches bean) throws Exception {
		publish(40);
		start(bean);
		assertOutcomes(40, EventOutcome.ACKNOWLEDGED);
		assertThat(bean.calls.stream().mapToInt(List::size).sum()).isEqualTo(40);
		assertThat(bean.calls.size()).isLessThanOrEqualTo(4);
		assertThat(bean.calls.stream().flatMap(List::stream))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40).mapToObj(String::valueOf).toList());
	}

	@Test
	@Requirement("L24")
	void neverGetAgainWhatCameBeforeTheEventThatFailed() throws Exception {
		FailsOnceAtTwo bean = new FailsOnceAtTwo();
		publish(5);
		start(bean);
		for (int i = 0; i < 5 + 2; i++) {
			this.application.nextEnded();
		}
		assertThat(bean.calls).extracting(List::size).startsWith(5);
		assertThat(bean.calls.stream().skip(1).flatMap(List::stream)).hasSize(2)
			.doesNotContainAnyElementsOf(bean.calls.get(0).subList(0, 2));
		assertThat(this.failure.get()).hasMessage("at two");
	}

	@Test
	@Requirement({ "L24", "L17" })
	void getTheOthersWhereOneCannotBeConverted() throws Exception {
		publish(3);
		this.application.publish("bad", "test", "{\"number\": \"many\"}");
		Payloads bean = new Payloads();
		start(bean);
		for (int i = 0; i < 4; i++) {
			ListenerApplication.Ended ended = this.application.nextEnded();
			assertThat(ended.outcome())
				.isEqualTo(ended.eventId().equals("bad") ? EventOutcome.RELEASED : EventOutcome.ACKNOWLEDGED);
		}
		assertThat(bean.calls.stream().flatMap(List::stream)).hasSize(3);
		assertThat(this.failure.get()).isInstanceOf(EventConversionException.class);
	}

	static Stream<Batches> validating() {
		return Stream.of(new ValidatesItsList(), new ValidatesElements(), new ValidatesWithinMessages());
	}

	@ParameterizedTest
	@MethodSource("validating")
	@Requirement({ "L22", "L24" })
	void getTheOthersWhereOneIsNotValid(Batches bean) throws Exception {
		this.application.context.registerBean(Validator.class, NothingNegative::new);
		publish(3);
		this.application.publish("bad", "test", "{\"number\": -1}");
		start(bean);
		for (int i = 0; i < 4; i++) {
			ListenerApplication.Ended ended = this.application.nextEnded();
			assertThat(ended.outcome())
				.isEqualTo(ended.eventId().equals("bad") ? EventOutcome.RELEASED : EventOutcome.ACKNOWLEDGED);
		}
		assertThat(bean.calls.stream().flatMap(List::stream)).hasSize(3);
		assertThat(this.failure.get()).isInstanceOf(EventValidationException.class).hasMessageContaining("'bad'");
		assertThat(ErrorClassifier.defaults().classify(this.failure.get())).isEqualTo(ErrorKind.FATAL);
	}

	@Test
	@Requirement("L24")
	void mayDecideAboutEachEvent() throws Exception {
		publish(4);
		start(new Decides());
		for (int i = 0; i < 4; i++) {
			ListenerApplication.Ended ended = this.application.nextEnded();
			assertThat(ended.outcome())
				.isEqualTo(ended.eventId().equals("1") ? EventOutcome.REJECTED : EventOutcome.ACKNOWLEDGED);
		}
	}

	@Test
	@Requirement({ "L24", "L27" })
	void getWhatInterceptorsLetOnWhichLearnOfEachOutcome() throws Exception {
		Queue<String> outcomes = new ConcurrentLinkedQueue<>();
		EventInterceptor skipping = EventInterceptor.filter((event) -> !event.getId().equals("0"));
		EventInterceptor noting = new EventInterceptor() {

			@Override
			public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
				outcomes.add(delivery.event().getId() + " " + outcome.getClass().getSimpleName());
				return Mono.empty();
			}
		};
		publish(3);
		this.application.customize((factory) -> factory.interceptors(List.of(noting, skipping)));
		Payloads bean = new Payloads();
		this.application.start(bean);
		assertOutcomes(3, EventOutcome.ACKNOWLEDGED);
		assertThat(bean.calls.stream().flatMap(List::stream)).containsExactlyInAnyOrder("1", "2");
		assertThat(outcomes).containsExactlyInAnyOrder("0 Skipped", "1 Handled", "2 Handled");
	}

	@Test
	@Requirement("L24")
	void maySettleByThemselves() throws Exception {
		publish(3);
		start(new Settles());
		assertOutcomes(3, EventOutcome.REJECTED);
	}

	static Stream<Object[]> refused() {
		return Stream.of(new Object[] { new TakesMore(), "must be its only parameter" },
				new Object[] { new Sends(), "it has @SendTo, but takes several events" },
				new Object[] { new DecidesForAll(), "a List<Disposition> with one for each" },
				new Object[] { new Keyed(), "has a concurrency key, but takes several events" },
				new Object[] { new CannotSettle(), "MANUAL" },
				new Object[] { new DecidesForNone(), "it decides about a list of events, but takes one" });
	}

	@ParameterizedTest
	@MethodSource("refused")
	@Requirement("L24")
	void areRefusedWhereTheyMakeNoSense(Object bean, String why) {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> this.application.start(bean))
			.withMessageContaining(bean.getClass().getSimpleName() + ".handle()")
			.withMessageContaining(why);
	}

	private void start(Object bean) {
		this.application.customize((factory) -> factory.errorHandler((event, error) -> {
			this.failure.set(error);
			return Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR));
		})).start(bean);
	}

	private void publish(int count) {
		List<CloudEvent> events = IntStream.range(0, count)
			.<CloudEvent>mapToObj((id) -> GridEvent.builder("" + id, URI.create("/test"), "test")
				.data("application/json", EventData.json(("{\"number\":" + id + "}").getBytes(StandardCharsets.UTF_8)))
				.build())
			.toList();
		this.application.client.publisher("orders").publish(events).block();
	}

	private void assertOutcomes(int count, EventOutcome outcome) throws InterruptedException {
		for (int i = 0; i < count; i++) {
			assertThat(this.application.nextEnded().outcome()).isEqualTo(outcome);
		}
	}

	record Order(int number) {
	}

	/**
	 * Keeps what it got.
	 */
	abstract static class Batches {

		final List<List<String>> calls = new CopyOnWriteArrayList<>();

		void note(Stream<?> ids) {
			this.calls.add(ids.map(String::valueOf).toList());
		}

	}

	static class Payloads extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		void handle(List<Order> orders) {
			note(orders.stream().map(Order::number));
		}

	}

	static class Messages extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		Mono<Void> handle(List<Message<Order>> orders) {
			return Mono.fromRunnable(() -> note(orders.stream().map((order) -> order.getPayload().number())));
		}

	}

	static class Events extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		void handle(List<? extends CloudEvent> events) {
			note(events.stream().map(CloudEvent::getId));
		}

	}

	static class Deliveries extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		Flux<Void> handle(List<Delivery> deliveries) {
			note(deliveries.stream().map((delivery) -> delivery.event().getId()));
			return Flux.empty();
		}

	}

	static class ValidatesItsList extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(@Validated List<Order> orders) {
			note(orders.stream().map(Order::number));
		}

	}

	static class ValidatesElements extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(List<@ValidElement Order> orders) {
			note(orders.stream().map(Order::number));
		}

	}

	static class ValidatesWithinMessages extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(List<Message<@ValidElement Order>> orders) {
			note(orders.stream().map((order) -> order.getPayload().number()));
		}

	}

	/** Takes part in validation by its name, as that of Bean Validation does. */
	@Target(ElementType.TYPE_USE)
	@Retention(RetentionPolicy.RUNTIME)
	@interface ValidElement {

	}

	static class NothingNegative implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == Order.class;
		}

		@Override
		public void validate(Object target, Errors errors) {
			if (((Order) target).number() < 0) {
				errors.rejectValue("number", "negative");
			}
		}

	}

	static class FailsOnceAtTwo extends Batches {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "1")
		void handle(List<CloudEvent> events) {
			boolean first = this.calls.isEmpty();
			note(events.stream().map(CloudEvent::getId));
			if (first) {
				throw new BatchFailureException(2, new IllegalStateException("at two"));
			}
		}

	}

	static class Decides {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<List<Disposition>> handle(List<CloudEvent> events) {
			return Flux.fromIterable(events)
				.map((event) -> event.getId().equals("1") ? Disposition.reject() : Disposition.acknowledge())
				.collectList();
		}

	}

	static class Settles {

		@EventGridListener(topic = "orders", subscription = "billing", ackMode = "manual")
		Mono<Void> handle(List<Delivery> deliveries) {
			return Flux.fromIterable(deliveries).flatMap((delivery) -> delivery.settlement().reject()).then();
		}

	}

	static class TakesMore {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(List<Order> orders, CloudEvent event) {
		}

	}

	static class Sends {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		List<Order> handle(List<Order> orders) {
			return orders;
		}

	}

	static class DecidesForAll {

		@EventGridListener(topic = "orders", subscription = "billing")
		Disposition handle(List<Order> orders) {
			return Disposition.acknowledge();
		}

	}

	static class DecidesForNone {

		@EventGridListener(topic = "orders", subscription = "billing")
		Mono<List<Disposition>> handle(Order order) {
			return Mono.just(List.of());
		}

	}

	static class Keyed {

		@EventGridListener(topic = "orders", subscription = "billing", concurrencyKey = "subject")
		void handle(List<Order> orders) {
		}

	}

	static class CannotSettle {

		@EventGridListener(topic = "orders", subscription = "billing", ackMode = "manual")
		void handle(List<Order> orders) {
		}

	}

}
