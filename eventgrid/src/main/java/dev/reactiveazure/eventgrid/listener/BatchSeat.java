package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * The place of one event in a batch, for the event's run.
 *
 * <pre>
 * AWAITED ──▶ TAKEN ──▶ CALLED
 *    └───────────┴─────────┴──▶ VACATED
 * </pre>
 *
 * It is vacated when its event needs the handler no more: skipped or failed before, told
 * what has become of it, or cancelled.
 */
final class BatchSeat implements HandlerSlot {

	private enum State {

		AWAITED, TAKEN, CALLED, VACATED

	}

	private final Batch batch;

	private final HandlerSlot slot;

	private final AtomicReference<State> state = new AtomicReference<>(State.AWAITED);

	/** Whether the call has nothing more to tell: it did, or nobody waits for it. */
	private final AtomicBoolean told = new AtomicBoolean();

	private volatile boolean speaks = true;

	private volatile @Nullable Guest guest;

	private volatile @Nullable BatchCall call;

	BatchSeat(Batch batch, HandlerSlot slot) {
		this.batch = batch;
		this.slot = slot;
	}

	/**
	 * Take the seat, when subscribed to.
	 * @param adapter handles the batch
	 * @return the decision about the event; empty where it is handled without one
	 */
	Mono<Disposition> take(Delivery delivery, BatchAdapter adapter) {
		return Mono.create((sink) -> {
			this.guest = new Guest(delivery, sink);
			sink.onCancel(this::vacate);
			if (this.state.compareAndSet(State.AWAITED, State.TAKEN)) {
				this.batch.taken(this, adapter);
			}
		});
	}

	/**
	 * Let the event take part in a call.
	 * @return whether it still wants to
	 */
	boolean admit(BatchCall admitting) {
		this.call = admitting;
		return this.state.compareAndSet(State.TAKEN, State.CALLED);
	}

	// == The run ==

	@Override
	public void vacate() {
		State before = this.state.getAndSet(State.VACATED);
		if (before == State.AWAITED) {
			this.batch.vacated();
		}
		else if (before == State.CALLED && this.told.compareAndSet(false, true)) {
			call().vacated();
		}
	}

	@Override
	public boolean speaks() {
		return this.speaks;
	}

	@Override
	public boolean hold() {
		return this.slot.hold();
	}

	@Override
	public void leave() {
		this.slot.leave();
	}

	// == The call ==

	Delivery delivery() {
		return guest().delivery();
	}

	ContextView context() {
		return guest().sink().contextView();
	}

	void handled() {
		if (tell()) {
			guest().sink().success();
		}
	}

	void decided(@Nullable Disposition decision) {
		if (tell()) {
			guest().sink().success(decision);
		}
	}

	void failed(Throwable error) {
		if (tell()) {
			guest().sink().error(error);
		}
	}

	/**
	 * Tell that the handler failed at an event before this one.
	 */
	void notReached() {
		this.speaks = false;
		decided(Disposition.release(ReleaseDelay.NONE));
	}

	/**
	 * Fail with an error that is that of several events, each in its own run: the first
	 * one speaks for all.
	 */
	static void allFailed(List<BatchSeat> seats, Throwable error) {
		boolean first = true;
		for (BatchSeat seat : seats) {
			if (seat.tell()) {
				seat.speaks = first;
				first = false;
				seat.guest().sink().error(error);
			}
		}
	}

	private boolean tell() {
		if (!this.told.compareAndSet(false, true)) {
			return false;
		}
		call().told();
		return true;
	}

	private BatchCall call() {
		return Objects.requireNonNull(this.call, "There is no call");
	}

	private Guest guest() {
		return Objects.requireNonNull(this.guest, "Nobody sits here");
	}

	/**
	 * The event that sits here.
	 */
	private record Guest(Delivery delivery, MonoSink<Disposition> sink) {
	}

}
