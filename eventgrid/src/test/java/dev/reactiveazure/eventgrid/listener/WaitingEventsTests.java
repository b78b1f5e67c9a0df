package dev.reactiveazure.eventgrid.listener;

import dev.reactiveazure.eventgrid.Requirement;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that wait for a handler, and end while they do.
 */
class WaitingEventsTests {

	@Test
	@Requirement("L19")
	void forgetTheReadyOnesWhoseLockIsLost() {
		WaitingEvents waiting = new WaitingEvents((event) -> null);
		InFlightEvent lost = event("a");
		InFlightEvent kept = event("b");
		waiting.add(lost);
		waiting.add(kept);
		lost.endOpen(EventOutcome.LOCK_LOST);
		waiting.dropEnded();
		assertThat(polled(waiting)).isSameAs(kept);
		assertThat(waiting.isEmpty()).isTrue();
	}

	@Test
	@Requirement("L19")
	void forgetTheParkedOnesWhoseLockIsLost() {
		WaitingEvents waiting = new WaitingEvents((event) -> "key");
		InFlightEvent ready = event("a");
		InFlightEvent lost = event("b");
		InFlightEvent kept = event("c");
		waiting.add(ready);
		waiting.add(lost);
		waiting.add(kept);
		lost.endOpen(EventOutcome.LOCK_LOST);
		waiting.dropEnded();
		assertThat(polled(waiting)).isSameAs(ready);
		waiting.ended("key");
		assertThat(polled(waiting)).isSameAs(kept);
	}

	@Test
	@Requirement("L19")
	void letTheNextOfTheKeyBeReadyWhereTheReadyOneLostItsLock() {
		WaitingEvents waiting = new WaitingEvents(CloudEvent::getType);
		InFlightEvent lost = event("a");
		InFlightEvent next = event("b");
		waiting.add(lost);
		waiting.add(next);
		lost.endOpen(EventOutcome.LOCK_LOST);
		waiting.dropEnded();
		assertThat(polled(waiting)).isSameAs(next);
	}

	@Test
	@Requirement("L19")
	void letNoneBeReadyThatLostItsLockTogetherWithTheOneBeforeIt() {
		WaitingEvents waiting = new WaitingEvents(CloudEvent::getType);
		InFlightEvent ready = event("a");
		InFlightEvent parked = event("b");
		InFlightEvent kept = event("c");
		waiting.add(ready);
		waiting.add(parked);
		waiting.add(kept);
		ready.endOpen(EventOutcome.LOCK_LOST);
		parked.endOpen(EventOutcome.LOCK_LOST);
		waiting.dropEnded();
		assertThat(polled(waiting)).isSameAs(kept);
	}

	private static @Nullable InFlightEvent polled(WaitingEvents waiting) {
		WaitingEvents.Ready next = waiting.poll();
		return (next != null) ? next.event() : null;
	}

	private static InFlightEvent event(String token) {
		return new InFlightEvent(ScriptedBroker.event(token, 1), 0);
	}

}
