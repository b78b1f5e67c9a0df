package dev.reactiveazure.eventgrid.docs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.listener.BatchFailureException;
import dev.reactiveazure.eventgrid.listener.ContainerEvent;
import dev.reactiveazure.eventgrid.listener.ContainerOptions;
import dev.reactiveazure.eventgrid.listener.Delivery;
import dev.reactiveazure.eventgrid.listener.Disposition;
import dev.reactiveazure.eventgrid.listener.ErrorClassifier;
import dev.reactiveazure.eventgrid.listener.EventGridHandler;
import dev.reactiveazure.eventgrid.listener.EventGridListener;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainer;
import dev.reactiveazure.eventgrid.listener.EventGridListenerContainerFactory;
import dev.reactiveazure.eventgrid.listener.EventGridListenerRegistry;
import dev.reactiveazure.eventgrid.listener.EventInterceptor;
import dev.reactiveazure.eventgrid.listener.EventProcessContext;
import dev.reactiveazure.eventgrid.listener.EventProcessObservationConvention;
import dev.reactiveazure.eventgrid.listener.EventSettlement;
import dev.reactiveazure.eventgrid.listener.HandlingOutcome;
import dev.reactiveazure.eventgrid.listener.MicrometerListenerMetrics;
import dev.reactiveazure.eventgrid.listener.OpenPollOnStop;
import dev.reactiveazure.eventgrid.listener.PublishingEventRecoverer;
import dev.reactiveazure.eventgrid.template.EventGridOperations;
import dev.reactiveazure.eventgrid.template.EventSubject;
import dev.reactiveazure.eventgrid.template.EventType;
import dev.reactiveazure.eventgrid.template.PolledEvent;
import dev.reactiveazure.eventgrid.template.ProcessedEvent;
import io.cloudevents.CloudEvent;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.SendTo;

/**
 * The code of the guide to listeners, as it stands there.
 */
final class ListenerGuideSnippets {

	private static final Logger log = LoggerFactory.getLogger(ListenerGuideSnippets.class);

	private ListenerGuideSnippets() {
	}

	@EventType("com.example.order.placed")
	record OrderPlaced(@EventSubject String id, BigDecimal total) {
	}

	record OrderCancelled(String id) {
	}

	static class Billing {

		@EventGridListener(topic = "orders", subscription = "billing", concurrency = "32")
		Mono<Void> bill(OrderPlaced order) {
			return invoice(order);
		}

		Mono<Void> invoice(OrderPlaced order) {
			return Mono.fromRunnable(() -> log.info("Billed {}", order));
		}

	}

	static class Printing {

		@EventGridListener(topic = "orders", subscription = "printing", concurrency = "4", timeout = "30s")
		void print(OrderPlaced order, CloudEvent event) {
			log.info("Printing {} of {}", order, event.getSource());
		}

	}

	@EventGridListener(topic = "orders", subscription = "stock", unknownType = "acknowledge")
	static class Stock {

		@EventGridHandler(types = "com.example.order.placed")
		void reserve(OrderPlaced order) {
			log.info("Reserve {}", order);
		}

		@EventGridHandler(types = "com.example.order.cancelled")
		void free(OrderCancelled order) {
			log.info("Free {}", order);
		}

	}

	static class Accounts {

		@EventGridListener(topic = "payments", subscription = "accounts", concurrency = "32",
				concurrencyKey = "subject")
		Mono<Void> book(Payment payment) {
			return Mono.fromRunnable(() -> log.info("Booked {}", payment));
		}

	}

	record Payment(String account, BigDecimal amount) {
	}

	static class Idempotent {

		private final Handled handled = new Handled();

		@EventGridListener(topic = "orders", subscription = "mails")
		Mono<Void> send(OrderPlaced order, CloudEvent event) {
			String key = event.getSource() + " " + event.getId();
			return this.handled.insert(key) // in the same transaction
				.flatMap((first) -> first ? mail(order) : Mono.empty());
		}

		private Mono<Void> mail(OrderPlaced order) {
			return Mono.fromRunnable(() -> log.info("Mail {}", order));
		}

	}

	static class Handled {

		private final Set<String> keys = ConcurrentHashMap.newKeySet();

		Mono<Boolean> insert(String key) {
			return Mono.fromSupplier(() -> this.keys.add(key));
		}

	}

	static class Importing {

		@EventGridListener(topic = "orders", subscription = "imports", concurrency = "2", maxEvents = "50")
		Mono<Void> load(List<OrderPlaced> orders) {
			return insertAll(orders);
		}

		private Mono<Void> insertAll(List<OrderPlaced> orders) {
			return Mono.fromRunnable(() -> log.info("Inserted {}", orders));
		}

	}

	static class Labels {

		@EventGridListener(topic = "orders", subscription = "labels")
		void print(List<OrderPlaced> orders) {
			for (int i = 0; i < orders.size(); i++) {
				try {
					print(orders.get(i));
				}
				catch (IllegalStateException ex) {
					throw new BatchFailureException(i, ex);
				}
			}
		}

		private void print(OrderPlaced order) {
			log.info("Label for {}", order);
		}

	}

	static class Replying {

		@EventGridListener(topic = "orders", subscription = "invoices")
		@SendTo("invoiced")
		Mono<Invoiced> invoice(OrderPlaced order) {
			return Mono.just(new Invoiced(order.id()));
		}

	}

	@EventType("com.example.order.invoiced")
	record Invoiced(@EventSubject String order) {
	}

	static class Manual {

		@EventGridListener(topic = "orders", subscription = "archive", ackMode = "manual")
		Mono<Void> archive(OrderPlaced order, EventSettlement settlement) {
			return store(order).then(settlement.acknowledge());
		}

		private Mono<Void> store(OrderPlaced order) {
			return Mono.fromRunnable(() -> log.info("Stored {}", order));
		}

	}

	static class Deciding {

		@EventGridListener(topic = "orders", subscription = "shipping")
		Mono<Disposition> ship(OrderPlaced order) {
			return isPaid(order)
				.map((paid) -> paid ? Disposition.acknowledge() : Disposition.release(ReleaseDelay.TEN_MINUTES));
		}

		private Mono<Boolean> isPaid(OrderPlaced order) {
			return Mono.just(order.total().signum() == 0);
		}

	}

	static EventGridListenerContainerFactory.Builder options(EventGridListenerContainerFactory.Builder factory) {
		return factory.options(ContainerOptions.builder()
			.concurrency(32)
			.maxInFlight(100)
			.locks((locks) -> locks.duration(Duration.ofMinutes(5)))
			.failures((failures) -> failures.maxDeliveries(10).deadLettered(true))
			.lifecycle((lifecycle) -> lifecycle.shutdownTimeout(Duration.ofSeconds(20))
				.openPollOnStop(OpenPollOnStop.AWAIT))
			.build());
	}

	static EventGridListenerContainerFactory.Builder errors(EventGridListenerContainerFactory.Builder factory,
			EventGridOperations events) {
		return factory
			.errorClassifier(ErrorClassifier.defaults()
				.withFatal(IllegalArgumentException.class)
				.withTransient(TimeoutException.class))
			.recoverer(new PublishingEventRecoverer(events, "orders-failed"));
	}

	static EventGridListenerContainerFactory.Builder gate(EventGridListenerContainerFactory.Builder factory) {
		return factory.options(ContainerOptions.builder()
			.gate((gate) -> gate.failures(20).maxBackoff(Duration.ofSeconds(20)))
			.failures((failures) -> failures.maxFatalInARow(10))
			.build());
	}

	static class Audit implements EventInterceptor {

		@Override
		public Mono<Void> after(Delivery delivery, HandlingOutcome outcome) {
			return Mono.fromRunnable(() -> log.info("{}: {}", delivery.event().getId(), outcome));
		}

	}

	static void pause(EventGridListenerRegistry registry) {
		EventGridListenerContainer billing = Objects.requireNonNull(registry.find("billing.bill"));
		billing.pause("The bank's systems are under maintenance");
		billing.resume();
	}

	static class Alarm {

		@EventListener
		void paused(ContainerEvent.Paused event) {
			log.error("{} is paused: {}", event.container().id(), event.reason());
		}

	}

	static EventGridListenerContainerFactory.Builder meters(EventGridListenerContainerFactory.Builder factory,
			MeterRegistry meterRegistry) {
		return factory.metrics(new MicrometerListenerMetrics(meterRegistry));
	}

	static class Tenants extends EventProcessObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(EventProcessContext context) {
			return super.getLowCardinalityKeyValues(context).and(KeyValue.of("region", "north"));
		}

	}

	static Mono<Void> fetch(EventGridOperations events) {
		return events.receive("orders", "nightly", OrderPlaced.class, new ReceiveOptions(100, Duration.ofSeconds(10)))
			.flatMapIterable((received) -> received)
			.concatMap((event) -> report(event.payload()).then(event.acknowledge()))
			.then();
	}

	static Flux<ProcessedEvent<OrderPlaced>> process(EventGridOperations events) {
		return events.process("orders", "nightly", OrderPlaced.class, ReceiveOptions.defaults(),
				(event) -> report(event.payload()));
	}

	static void block(EventGridOperations events) {
		events.blocking().publish("orders", new OrderPlaced("7", BigDecimal.TEN));
		List<PolledEvent<OrderPlaced>> received = events.blocking()
			.receive("orders", "nightly", OrderPlaced.class, ReceiveOptions.defaults());
		received.forEach((event) -> event.acknowledge().block());
	}

	private static Mono<Void> report(OrderPlaced order) {
		return Mono.fromRunnable(() -> log.info("Reported {}", order));
	}

}
