package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;

import org.springframework.util.Assert;

/**
 * After which delivery an event is released for how long: one delay a delivery, the last
 * one for all that follow.
 */
final class ReleaseLadder {

	private final List<Disposition> steps;

	ReleaseLadder(List<Duration> delays) {
		Assert.notEmpty(delays, "releaseDelays must hold at least one delay");
		this.steps = delays.stream().map(ReleaseLadder::nearest).map(Disposition::release).toList();
	}

	Disposition dispositionFor(ReceivedEvent event) {
		int step = Math.max(0, event.deliveryCount() - 1);
		return this.steps.get(Math.min(step, this.steps.size() - 1));
	}

	static ReleaseDelay nearest(Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("releaseDelays must not be negative, but one was " + delay);
		}
		ReleaseDelay nearest = ReleaseDelay.NONE;
		for (ReleaseDelay candidate : ReleaseDelay.values()) {
			if (distance(candidate, delay).compareTo(distance(nearest, delay)) < 0) {
				nearest = candidate;
			}
		}
		return nearest;
	}

	private static Duration distance(ReleaseDelay candidate, Duration delay) {
		Duration step = candidate.duration();
		// Not abs(): the JDK negates with BigDecimal, which a start would wait for.
		return (step.compareTo(delay) >= 0) ? step.minus(delay) : delay.minus(step);
	}

}
