package dev.reactiveazure.autoconfigure.docs;

import java.time.Duration;

import dev.reactiveazure.autoconfigure.docs.Billing.OrderPlaced;
import dev.reactiveazure.autoconfigure.eventgrid.test.EventGridTest;
import dev.reactiveazure.emulator.http.FaultPlan;
import dev.reactiveazure.eventgrid.template.EventGridTemplate;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;

@EventGridTest(Billing.class)
class BillingTests {

	@Autowired
	private EventGridTemplate events;

	@Autowired
	private Billing billing;

	@Autowired
	private FaultPlan faults;

	@Test
	void billsAnOrderThoughAnAcknowledgeIsLost() {
		this.faults.when(FaultPlan.EVENT_GRID).path((path) -> path.endsWith(":acknowledge")).first(1).dropBefore();
		StepVerifier.create(this.events.publish("orders", new OrderPlaced("1")))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		StepVerifier.create(this.billing.billed().take(1))
			.expectNext("1")
			.expectComplete()
			.verify(Duration.ofSeconds(20));
	}

}
