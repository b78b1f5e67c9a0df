package dev.reactiveazure.sample.failure;

import java.util.Random;

import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

/**
 * Makes a share of handler calls fail: half of them before they did anything, half after
 * they did everything. The second kind is the nasty one, because the event comes again
 * although it was handled.
 */
@Component
public class FailureInjection {

	private final double rate;

	private final Random random;

	FailureInjection(FailureProperties properties) {
		this.rate = properties.failureRate();
		this.random = new Random(properties.failureSeed());
	}

	/**
	 * Return the handling of an event, which may be made to fail, each time anew.
	 * @param handling handles the event
	 * @return the same, or less, or more
	 */
	public Mono<Void> disturb(Mono<Void> handling) {
		return Mono.defer(() -> {
			double draw = this.random.nextDouble();
			if (draw >= this.rate) {
				return handling;
			}
			return (draw < this.rate / 2) ? failure("before the event was handled")
					: handling.then(failure("after the event was handled"));
		});
	}

	private static Mono<Void> failure(String moment) {
		return Mono.error(() -> new InjectedFailureException(moment));
	}

}
