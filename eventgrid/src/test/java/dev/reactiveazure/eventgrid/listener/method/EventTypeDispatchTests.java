package dev.reactiveazure.eventgrid.listener.method;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.reactiveazure.eventgrid.Requirement;
import dev.reactiveazure.eventgrid.listener.EventGridHandler;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventOutcome;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanCreationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several methods of one subscription, each for its types of events.
 */
@Timeout(60)
class EventTypeDispatchTests {

	private final ListenerApplication application = new ListenerApplication();

	private final Queue<String> seen = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	@Requirement("L21")
	void givesEachEventToTheMethodOfItsType() throws Exception {
		this.application.start(new Shared(this.seen));
		assertThat(this.application.context.getBean(EventGridListenerRegistry.class).containers()).hasSize(1);
		assertThat(this.application.container().options().concurrency()).isEqualTo(7);
		this.application.publish("1", "placed", "{\"id\":\"a\"}");
		this.application.publish("2", "cancelled", "{\"id\":\"b\"}");
		this.application.publish("3", "returned", "{\"id\":\"c\"}");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
		assertThat(this.seen).containsExactlyInAnyOrder("placed a", "gone b", "gone c");
	}

	@Test
	@Requirement("L21")
	void listensWithTheHandlerMethodsOfAClass() throws Exception {
		this.application.start(new OfClass(this.seen));
		assertThat(this.application.container().id()).isEqualTo("orders");
		this.application.publish("1", "placed", "{\"id\":\"a\"}");
		this.application.publish("2", "whatever", "{\"id\":\"b\"}");
		this.application.nextEnded();
		this.application.nextEnded();
		assertThat(this.seen).containsExactlyInAnyOrder("placed a", "default whatever");
	}

	@Test
	void releasesWhatNobodyTakesBeforeItIsDecoded() throws Exception {
		this.application.start(new OnlyPlaced(this.seen));
		this.application.publish("1", "unknown", "\"no order\"");
		assertThat(this.application.nextEnded())
			.isEqualTo(new ListenerApplication.Ended("1", 1, EventOutcome.RELEASED));
		assertThat(this.seen).isEmpty();
	}

	@Test
	void acknowledgesWhatNobodyTakesWhereThatIsSaid() throws Exception {
		this.application.property("unknown", "Acknowledge").start(new OnlyPlaced(this.seen));
		this.application.publish("1", "unknown", "\"no order\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED);
	}

	@Test
	void rejectsWhatNobodyTakesWhereThatIsSaid() throws Exception {
		this.application.property("unknown", "reject").start(new OnlyPlaced(this.seen));
		this.application.publish("1", "unknown", "\"no order\"");
		assertThat(this.application.nextEnded().outcome()).isEqualTo(EventOutcome.REJECTED);
	}

	@Test
	void refusesTwoMethodsForOneType() {
		assertRefused(new Ambiguous(), "Ambiguous.", "and would take each other's events of type 'placed'; give each");
	}

	@Test
	void refusesMethodsThatContradictEachOther() {
		assertRefused(new Contradicting(), "Contradicting.", "its attribute concurrency is '");
	}

	@Test
	void refusesAClassWithoutHandlerMethods() {
		assertRefused(new WithoutMethods(), "WithoutMethods", "need each other");
	}

	@Test
	void refusesHandlerMethodsOfAClassThatDoesNotListen() {
		assertRefused(new WithoutClass(), "WithoutClass", "need each other");
	}

	@Test
	void refusesTypesOnAClass() {
		assertRefused(new TypesOnClass(), "TypesOnClass.handle()", "types are a matter of its @EventGridHandler");
	}

	@Test
	void refusesAnOddUnknownType() {
		this.application.property("unknown", "ignore");
		assertRefused(new OnlyPlaced(this.seen), "OnlyPlaced.placed()",
				"its attribute unknownType must be one of release, reject, acknowledge, but is 'ignore'");
	}

	private void assertRefused(Object bean, String what, String reason) {
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(() -> this.application.start(bean))
			.withMessageContaining("'orders'")
			.withMessageContaining(what)
			.withMessageContaining(reason);
	}

	record Order(String id) {
	}

	record Shared(Queue<String> seen) {

		@EventGridListener(topic = "orders", subscription = "billing", types = "placed", concurrency = "7")
		void placed(Order order) {
			this.seen.add("placed " + order.id());
		}

		@EventGridListener(topic = "orders", subscription = "Billing", types = { "cancelled", "returned" })
		Mono<Void> gone(Order order) {
			return Mono.fromRunnable(() -> this.seen.add("gone " + order.id()));
		}

	}

	@EventGridListener(topic = "orders", subscription = "billing")
	record OfClass(Queue<String> seen) {

		@EventGridHandler(types = "placed")
		void placed(Order order) {
			this.seen.add("placed " + order.id());
		}

		@EventGridHandler
		void others(CloudEvent event) {
			this.seen.add("default " + event.getType());
		}

	}

	record OnlyPlaced(Queue<String> seen) {

		@EventGridListener(topic = "orders", subscription = "billing", types = "placed", unknownType = "${unknown:}")
		void placed(Order order) {
			this.seen.add("placed " + order.id());
		}

	}

	static class Ambiguous {

		@EventGridListener(topic = "orders", subscription = "billing", types = { "placed", "billed" })
		void one(Order order) {
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = { "cancelled", "placed" })
		void other(Order order) {
		}

	}

	static class Contradicting {

		@EventGridListener(topic = "orders", subscription = "billing", types = "placed", concurrency = "3")
		void one(Order order) {
		}

		@EventGridListener(topic = "orders", subscription = "billing", types = "cancelled", concurrency = "4")
		void other(Order order) {
		}

	}

	@EventGridListener(topic = "orders", subscription = "billing")
	static class WithoutMethods {

	}

	static class WithoutClass {

		@EventGridHandler(types = "placed")
		void handle(Order order) {
		}

	}

	@EventGridListener(topic = "orders", subscription = "billing", types = "placed")
	static class TypesOnClass {

		@EventGridHandler
		void handle(Order order) {
		}

	}

}
