package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * One call of a batch handler. It is cancelled when none of its events needs it any more,
 * and holds the slot until it is over.
 */
final class BatchCall {

	private final BatchAdapter adapter;

	private final List<BatchSeat> seats;

	private final HandlerSlot slot;

	private final AtomicInteger present;

	private final AtomicBoolean over = new AtomicBoolean();

	private final Disposable.Swap work = Disposables.swap();

	BatchCall(BatchAdapter adapter, List<BatchSeat> taken, HandlerSlot slot) {
		this.adapter = adapter;
		this.slot = slot;
		this.present = new AtomicInteger(taken.size());
		this.seats = taken.stream().filter(this::admit).toList();
	}

	private boolean admit(BatchSeat seat) {
		if (seat.admit(this)) {
			return true;
		}
		vacated();
		return false;
	}

	/**
	 * Call the handler. Only who holds the slot may do that.
	 */
	void begin() {
		if (this.seats.isEmpty()) {
			return;
		}
		this.slot.hold();
		try {
			Mono<Void> handling = Mono.defer(() -> this.adapter.handle(this.seats, this.slot))
				.doFinally((signal) -> over());
			this.work.update(handling.subscribe(null, this::failed, null, Context.of(this.seats.get(0).context())));
		}
		catch (Throwable ex) {
			// Even an Error, as of a class that is missing: the events wait for an
			// answer.
			failed(ex);
			over();
		}
	}

	/**
	 * Note that the call tells what has become of an event. Where that is the last one,
	 * the call is at its end and not to be cancelled: an interrupt would meet what the
	 * telling calls.
	 */
	void told() {
		this.present.decrementAndGet();
	}

	/**
	 * Note that an event needs the handler no more.
	 */
	void vacated() {
		if (this.present.decrementAndGet() == 0) {
			this.work.dispose();
		}
	}

	private void failed(Throwable error) {
		BatchSeat.allFailed(this.seats, error);
	}

	private void over() {
		if (this.over.compareAndSet(false, true)) {
			this.slot.leave();
		}
	}

}
