package dev.reactiveazure.tables.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets works on the same thing take turns, in the order in which they were subscribed to.
 * <p>
 * A turn ends with its work, in whichever way, or with its cancellation, also while it
 * waits. What is held ends with the last turn.
 */
final class Turns {

	private final Map<Object, Line> lines = new ConcurrentHashMap<>();

	/**
	 * Return a work that waits for its turn.
	 * @param thing what it is on
	 * @param work the work
	 */
	<R> Mono<R> take(Object thing, Mono<R> work) {
		return Mono.defer(() -> {
			Turn turn = new Turn();
			Line line = join(thing, turn);
			line.advance();
			return turn.come.asMono().then(work).doFinally((signal) -> leave(thing, line, turn));
		});
	}

	/**
	 * Return on how many things there are works.
	 */
	int size() {
		return this.lines.size();
	}

	private Line join(Object thing, Turn turn) {
		Line line = this.lines.compute(thing, (key, existing) -> {
			Line joined = (existing != null) ? existing : new Line();
			joined.add(turn);
			return joined;
		});
		return line;
	}

	private void leave(Object thing, Line line, Turn turn) {
		this.lines.computeIfPresent(thing, (key, current) -> {
			current.remove(turn);
			return current.isEmpty() ? null : current;
		});
		line.advance();
	}

	/**
	 * Who waits for one thing, the one whose turn it is first.
	 */
	private static final class Line {

		private final AtomicInteger advances = new AtomicInteger();

		private final Deque<Turn> turns = new ArrayDeque<>();

		synchronized void add(Turn turn) {
			this.turns.addLast(turn);
		}

		synchronized void remove(Turn turn) {
			this.turns.remove(turn);
		}

		synchronized boolean isEmpty() {
			return this.turns.isEmpty();
		}

		/**
		 * Tell the first that it is its turn. A work that ends at once asks for the next
		 * while this runs: that is done here, not deeper on the stack.
		 */
		void advance() {
			if (this.advances.getAndIncrement() != 0) {
				return;
			}
			int missed = 1;
			do {
				Turn first = first();
				if (first != null) {
					first.come.tryEmitEmpty();
				}
				missed = this.advances.addAndGet(-missed);
			}
			while (missed != 0);
		}

		private synchronized @Nullable Turn first() {
			return this.turns.peekFirst();
		}

	}

	/**
	 * A place in a line.
	 */
	private static final class Turn {

		private final Sinks.Empty<Void> come = Sinks.unsafe().empty();

	}

}
