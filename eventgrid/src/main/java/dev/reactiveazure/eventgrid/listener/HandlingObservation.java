package dev.reactiveazure.eventgrid.listener;

import java.util.function.Consumer;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The observation of one handling. It begins before the handler does and ends when the
 * last of its events has ended: only then is its outcome known.
 * <p>
 * Who looks on never decides over an event or its slot: what an observation throws is
 * logged.
 */
final class HandlingObservation {

	/** Observes nothing, at no cost. */
	static final HandlingObservation NONE = new HandlingObservation();

	private static final Log logger = LogFactory.getLog(HandlingObservation.class);

	private final @Nullable Observation observation;

	private final @Nullable EventProcessContext process;

	private final Context context;

	private HandlingObservation() {
		this.observation = null;
		this.process = null;
		this.context = Context.empty();
	}

	HandlingObservation(Observation observation, EventProcessContext process) {
		this.observation = observation;
		this.process = process;
		this.context = Context.of(ProcessObservations.CONTEXT_KEY, observation);
	}

	/**
	 * Return the Reactor context in which the observation is the current one.
	 */
	Context context() {
		return this.context;
	}

	/**
	 * Make the observation the current one of this thread.
	 * @return what ends that, to be given to {@link #close} on the same thread
	 */
	Observation.Scope open() {
		return (this.observation != null) ? open(this.observation) : Observation.Scope.NOOP;
	}

	/**
	 * Make the observation of a Reactor context, if it has one, the current one of this
	 * thread.
	 * @return what ends that, to be given to {@link #close} on the same thread
	 */
	static Observation.Scope open(ContextView context) {
		Observation current = context.getOrDefault(ProcessObservations.CONTEXT_KEY, null);
		return (current != null) ? open(current) : Observation.Scope.NOOP;
	}

	private static Observation.Scope open(Observation observation) {
		try {
			return observation.openScope();
		}
		catch (RuntimeException ex) {
			logger.warn("An observation could not be made current", ex);
			return Observation.Scope.NOOP;
		}
	}

	static void close(Observation.Scope scope) {
		try {
			scope.close();
		}
		catch (RuntimeException ex) {
			logger.warn("An observation could not be left", ex);
		}
	}

	void failed(Throwable error) {
		observe((current) -> current.error(error));
	}

	/**
	 * Note that one of the events has ended; the last one ends the observation.
	 */
	void ended(EventOutcome outcome) {
		if (this.process != null && this.process.ended(outcome)) {
			observe(Observation::stop);
		}
	}

	private void observe(Consumer<Observation> what) {
		if (this.observation == null) {
			return;
		}
		try {
			what.accept(this.observation);
		}
		catch (RuntimeException ex) {
			logger.warn("An observation failed", ex);
		}
	}

}
