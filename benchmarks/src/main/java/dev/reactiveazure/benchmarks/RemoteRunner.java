package dev.reactiveazure.benchmarks;

import java.time.Duration;

import dev.reactiveazure.benchmarks.measure.Runner;
import dev.reactiveazure.benchmarks.measure.Sample;
import dev.reactiveazure.benchmarks.worker.Command;
import dev.reactiveazure.benchmarks.worker.Reply;

/**
 * Lets a contender work in another JVM.
 */
final class RemoteRunner implements Runner {

	private final Entrant entrant;

	private final JavaProcess worker;

	RemoteRunner(Entrant entrant, JavaProcess worker) {
		this.entrant = entrant;
		this.worker = worker;
	}

	@Override
	public String name() {
		return this.entrant.name();
	}

	@Override
	public void check() {
		ask(Command.Verb.CHECK, 0);
	}

	@Override
	public void warmUp(Duration duration) {
		ask(Command.Verb.WARM_UP, Math.toIntExact(duration.toMillis()));
	}

	@Override
	public void settle() {
		ask(Command.Verb.SETTLE, 0);
	}

	@Override
	public Sample measure(int operations) {
		Reply reply = ask(Command.Verb.MEASURE, operations);
		if (reply instanceof Reply.Measured measured) {
			return measured.sample();
		}
		throw new IllegalStateException(name() + " was to measure and answered '" + reply.toLine() + "'");
	}

	private Reply ask(Command.Verb verb, int amount) {
		this.worker.send(new Command(verb, this.entrant.contender(), amount).toLine());
		Reply reply = Reply.parse(this.worker.awaitLine(Reply.START));
		if (reply instanceof Reply.Failed failed) {
			throw new IllegalStateException(name() + " failed: " + failed.reason());
		}
		return reply;
	}

}
