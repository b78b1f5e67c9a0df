package dev.reactiveazure.eventgrid.listener;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.emulator.AzureEmulator;
import dev.reactiveazure.emulator.eventgrid.EventGridOperation;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.EventGridNamespaceClient;
import dev.reactiveazure.eventgrid.GridEvent;
import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@link LongWayTests} computes, over real HTTP: each answer of the emulator takes
 * 20 ms, each handler 1 ms, ten at a time. Prints how many events a second get through.
 * The virtual figures leave out what a machine takes, so only what no machine is too slow
 * for is held here.
 */
@Timeout(120)
class LongWayOverHttpTests {

	private static final int EVENTS = Integer.getInteger("listener.long.way.events", 8_000);

	private static final int MOST = 1_000;

	private final FaultPlan faults = FaultPlan.create();

	private final AzureEmulator emulator = AzureEmulator.builder()
		.tables(false)
		.subscription("orders/billing")
		.faults(this.faults)
		.start();

	private final EventGridNamespaceClient client = EventGridNamespaceClient.builder()
		.endpoint(this.emulator.eventGridEndpoint())
		.credential(new AzureCredential.AccessKey(this.emulator.eventGridKey()))
		.build();

	@AfterEach
	void close() {
		this.client.close();
		this.emulator.close();
	}

	@Test
	@Requirement({ "L1", "L2" })
	void receivesAtLeastFiveEventsATimeWithFewHandlers() throws Exception {
		long perSecond = eventsASecond("in flight 20", ContainerOptions.builder().concurrency(10), 2_000);
		assertThat(this.emulator.eventGrid().count("orders", "billing", EventGridOperation.RECEIVE).meanItems())
			.isGreaterThanOrEqualTo(5);
		assertThat(perSecond).isPositive();
	}

	@Test
	@Requirement("L2")
	void getsThroughMoreThanOneRoundTripForEachHundredByPollingAhead() throws Exception {
		long perSecond = eventsASecond("in flight 100, polling ahead",
				ContainerOptions.builder()
					.concurrency(10)
					.maxInFlight(100)
					.receiving((receiving) -> receiving.pollAhead(true)),
				EVENTS);
		assertThat(perSecond).isGreaterThanOrEqualTo(1_000);
	}

	private long eventsASecond(String what, ContainerOptions.Builder options, int events) throws InterruptedException {
		publish(events);
		this.faults.when(FaultPlan.EVENT_GRID).delay(Duration.ofMillis(20));
		AtomicInteger settled = new AtomicInteger();
		AtomicLong begun = new AtomicLong();
		CountDownLatch end = new CountDownLatch(1);
		EventGridListenerContainer container = EventGridListenerContainerFactory.builder((connection) -> this.client)
			.options(options.lifecycle((lifecycle) -> lifecycle.keepAlive(false)).build())
			.settlementListener((event, outcome) -> {
				int count = settled.incrementAndGet();
				if (count == events / 2) {
					begun.set(System.nanoTime());
				}
				else if (count == events) {
					end.countDown();
				}
			})
			.build()
			.create(EventGridListenerEndpoint.of("billing", "orders", "billing",
					(EventHandler.Reactive) (delivery) -> Mono.delay(Duration.ofMillis(1)).then()));
		container.start();
		assertThat(end.await(100, TimeUnit.SECONDS)).isTrue();
		long took = System.nanoTime() - begun.get();
		container.stop();
		long perSecond = events / 2 * 1_000_000_000L / took;
		System.out.println("20 ms a round trip, " + what + ": " + perSecond + " events a second");
		return perSecond;
	}

	private void publish(int count) {
		for (int from = 0; from < count; from += MOST) {
			List<CloudEvent> events = IntStream.range(from, from + MOST)
				.<CloudEvent>mapToObj(LongWayOverHttpTests::event)
				.toList();
			this.client.publisher("orders").publish(events).block(Duration.ofSeconds(20));
		}
	}

	private static CloudEvent event(int number) {
		return GridEvent.builder(Integer.toString(number), URI.create("/test"), "OrderPlaced").build();
	}

}
