package dev.reactiveazure.autoconfigure.docs;

import java.time.Duration;

import dev.reactiveazure.autoconfigure.docs.Billing.OrderPlaced;
import dev.reactiveazure.autoconfigure.emulator.EmbeddedEmulator;
import dev.reactiveazure.autoconfigure.emulator.test.AutoConfigureAzureEmulator;
import dev.reactiveazure.autoconfigure.eventgrid.test.EventGridTest;
import dev.reactiveazure.emulator.clock.MovableClock;
import dev.reactiveazure.emulator.eventgrid.EventGridEmulator;
import dev.reactiveazure.eventgrid.ReceiveOptions;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

@EventGridTest
@AutoConfigureAzureEmulator(movableClock = true)
class BillingTimeTests {

	@Autowired
	private EventGridTemplate events;

	@Autowired
	private EmbeddedEmulator emulator;

	@Autowired
	private MovableClock clock;

	@Test
	void anEventIsThereAgainWhenItsLockHasExpired() {
		EventGridEmulator broker = this.emulator.startEventGrid().eventGrid();
		broker.declareSubscription("orders", "audit");
		StepVerifier
			.create(this.events.publish("orders", new OrderPlaced("1"))
				.then(this.events.receive("orders", "audit", ResolvableType.forClass(OrderPlaced.class),
						ReceiveOptions.defaults())))
			.expectNextCount(1)
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(broker.openLocks("orders", "audit")).hasSize(1);

		this.clock.advance(Duration.ofMinutes(1));

		assertThat(broker.openLocks("orders", "audit")).isEmpty();
		assertThat(broker.pendingCount("orders", "audit")).isEqualTo(1);
	}

}
