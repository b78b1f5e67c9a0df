package dev.reactiveazure.eventgrid.listener.method;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.eventgrid.EventData;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.EventGridHeaders;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import dev.reactiveazure.eventgrid.listener.EventValidationException;
import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.ErrorKind;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a listener method can take.
 */
@Timeout(60)
class MethodArgumentsTests {

	private final ListenerApplication application = new ListenerApplication();

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L22")
	void areAMessageItsHeadersAndTheDelivery() throws Exception {
		TakesAll bean = new TakesAll();
		this.application.start(bean);
		this.application.publish(GridEvent.builder("1", URI.create("/test"), "placed")
			.subject("eu/42")
			.extension("tenant", "acme")
			.extension("priority", 7)
			.data("application/json", EventData.json("{\"id\":\"a\"}".getBytes()))
			.build());
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(bean.seen).containsExactly(new Order("a"), "placed", "eu/42", "acme", 7L, 1, "none", "acme", true,
				"1", 1);
	}

	@Test
	@Requirement("L22")
	void areThePayloadAsTextBytesOrAGenericType() throws Exception {
		TakesForms bean = new TakesForms();
		this.application.start(bean);
		this.application.publish(form("text").data("text/plain", EventData.text("hello")).build());
		this.application.nextEnded();
		this.application.publish(form("bytes").data("image/png", EventData.bytes(new byte[] { 1, 2, 3 })).build());
		this.application.nextEnded();
		this.application.publish(form("map").data("application/json", json("{\"a\":[{\"id\":\"x\"}]}")).build());
		this.application.nextEnded();
		this.application.publish(form("list").data("application/json", json("[{\"id\":\"y\"}]")).build());
		this.application.nextEnded();
		assertThat(bean.seen).containsExactly("hello", List.of(1, 2, 3), Map.of("a", List.of(new Order("x"))),
				List.of(new Order("y")));
	}

	@Test
	@Requirement("L22")
	void areValidatedWithoutTellingTheValue() throws Exception {
		this.application.context.registerBean(Validator.class, NoBadOrders::new);
		noteFailures();
		this.application.start(new Validates());
		this.application.publish("1", "placed", "{\"id\":\"good\"}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		this.application.publish("2", "placed", "{\"id\":\"bad secret\"}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		Throwable error = this.failure.get();
		assertThat(error).isInstanceOf(EventValidationException.class)
			.hasMessage("The data of event '2' of type 'placed' is not valid: id breaks bad");
		assertThat(ErrorClassifier.defaults().classify(new RuntimeException(error))).isEqualTo(ErrorKind.FATAL);
	}

	@Test
	@Requirement("L22")
	void areValidatedWithinWhateverCollectionHoldsThem() throws Exception {
		this.application.context.registerBean(Validator.class, NoBadOrders::new);
		noteFailures();
		this.application.start(new ValidatesWithin());
		for (String type : List.of("set", "collection", "extending")) {
			this.application.publish(type, type, "[{\"id\":\"good\"}]");
			assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
			this.application.publish(type, type, "[{\"id\":\"bad\"}]");
			assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
			assertThat(this.failure.getAndSet(null)).isInstanceOf(EventValidationException.class)
				.hasMessageContaining("type '" + type + "'")
				.hasMessageEndingWith("id breaks bad");
		}
	}

	@Test
	@Requirement("L22")
	void areValidatedThemselvesAndTheirElementsWhereTheirClassIsACollection() throws Exception {
		this.application.context.registerBean(Validator.class, NoBadOrders::new);
		noteFailures();
		this.application.start(new ValidatesBaskets());
		this.application.publish("1", "placed", "[{\"id\":\"good\"}]");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		this.application.publish("2", "placed", "[]");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).hasMessageEndingWith("it breaks empty");
		this.application.publish("3", "placed", "[{\"id\":\"bad\"}]");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).hasMessageEndingWith("id breaks bad");
	}

	@Test
	@Requirement("L22")
	void areRefusedWhereNobodyCanValidateThem() {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> this.application.start(new Validates()))
			.withMessageContaining("Validates.handle()")
			.withMessageContaining("there is no bean of type org.springframework.validation.Validator");
	}

	@Test
	@Requirement("L22")
	void failTheEventThatHasNoSuchAttribute() throws Exception {
		noteFailures();
		this.application.start(new WantsTenant());
		this.application.publish("1", "placed", "{}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.RELEASED);
		assertThat(this.failure.get()).hasMessage("Event '1' of type 'placed' has no attribute 'tenant'");
		assertThat(ErrorClassifier.defaults().classify(new RuntimeException(this.failure.get())))
			.isEqualTo(ErrorKind.FATAL);
	}

	private void noteFailures() {
		this.application.customize((factory) -> factory.errorHandler((event, error) -> {
			this.failure.set(error);
			return Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR));
		}));
	}

	private static GridEvent.Builder form(String type) {
		return GridEvent.builder("1", URI.create("/test"), type);
	}

	private static EventData json(String json) {
		return EventData.json(json.getBytes());
	}

	record Order(String id) {
	}

	static class TakesAll {

		final Queue<Object> seen = new ConcurrentLinkedQueue<>();

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(Message<Order> message, @Header String type, @Header("ce-subject") String subject,
				@Header String tenant, @Header long priority, @Header int deliveryCount,
				@Header(name = "region", defaultValue = "none") String region, @Headers Map<String, Object> headers,
				EventSettlement settlement, CloudEvent event, Delivery delivery) {
			this.seen.addAll(List.of(message.getPayload(), type, subject, tenant, priority, deliveryCount, region,
					String.valueOf(headers.get("ce-tenant")),
					settlement.equals(message.getHeaders().get(EventGridHeaders.SETTLEMENT)), event.getId(),
					delivery.deliveryCount()));
		}

	}

	static class TakesForms {

		final Queue<Object> seen = new ConcurrentLinkedQueue<>();

		@EventGridListener(topic = "orders", subscription = "billing", types = "text")
		void text(String payload) {
			this.seen.add(payload);
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "bytes")
		void bytes(byte[] payload) {
			this.seen.add(List.of((int) payload[0], (int) payload[1], (int) payload[2]));
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "map")
		void map(Map<String, List<Order>> payload) {
			this.seen.add(payload);
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "list")
		void list(@Payload List<Order> payload) {
			this.seen.add(payload);
		}

	}

	static class Validates {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(@Payload @Validated Order order) {
		}

	}

	/** As {@code jakarta.validation.Valid}, of which the name alone matters. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE_USE)
	@interface Valid {

	}

	static class ValidatesWithin {

		@EventGridListener(topic = "orders", subscription = "billing", types = "set")
		void set(Set<@Valid Order> orders) {
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "collection")
		void collection(Collection<@Valid Order> orders) {
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "extending")
		void extending(@Payload List<? extends @Valid Order> orders) {
		}

	}

	@SuppressWarnings("serial") // nobody does
	static class Basket extends ArrayList<Order> {

	}

	static class ValidatesBaskets {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(@Validated Basket basket) {
		}

	}

	static class WantsTenant {

		@EventGridListener(topic = "orders", subscription = "billing")
		void handle(CloudEvent event, @Header String tenant) {
		}

	}

	static class NoBadOrders implements Validator {

		@Override
		public boolean supports(Class<?> type) {
			return type == Order.class || type == Basket.class;
		}

		@Override
		public void validate(Object target, org.springframework.validation.Errors errors) {
			if (target instanceof Basket basket && basket.isEmpty()) {
				errors.reject("empty");
			}
			if (target instanceof Order order && order.id().startsWith("bad")) {
				errors.rejectValue("id", "bad", "must not be " + target);
			}
		}

	}

}
