package dev.reactiveazure.eventgrid.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The events of a batch that could be prepared; the others have failed. What the handler
 * says of its list is said of the seat at the same place.
 *
 * @param <T> what the handler takes of each event
 * @param handler the handler
 * @param seats where its events sit
 * @param values what it takes
 */
record PreparedBatch<T>(EventHandler.Batch<T> handler, List<BatchSeat> seats, List<T> values) {

	static <T> PreparedBatch<T> of(EventHandler.Batch<T> handler, List<BatchSeat> seats) {
		List<BatchSeat> ready = new ArrayList<>(seats.size());
		List<T> values = new ArrayList<>(seats.size());
		for (BatchSeat seat : seats) {
			try {
				values.add(handler.prepare(seat.delivery()));
				ready.add(seat);
			}
			catch (Throwable ex) {
				seat.failed(ex);
			}
		}
		return new PreparedBatch<>(handler, List.copyOf(ready), List.copyOf(values));
	}

	Mono<Void> handle() {
		if (this.values.isEmpty()) {
			return Mono.empty();
		}
		return call().doOnSuccess(this::handled).onErrorResume((error) -> {
			failed(error);
			return Mono.empty();
		}).then();
	}

	private Mono<List<Disposition>> call() {
		try {
			return Objects.requireNonNull(this.handler.handle(this.values), "The batch handler returned null");
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
	}

	private void handled(@Nullable List<Disposition> decisions) {
		if (decisions == null) {
			this.seats.forEach(BatchSeat::handled);
			return;
		}
		if (decisions.size() != this.seats.size()) {
			throw new IllegalStateException("The handler decided about " + decisions.size() + " events of a batch of "
					+ this.seats.size() + "; it must decide about each one, or return nothing");
		}
		for (int i = 0; i < decisions.size(); i++) {
			this.seats.get(i).decided(decisions.get(i));
		}
	}

	private void failed(Throwable error) {
		if (error instanceof BatchFailureException failure && failure.index() < this.seats.size()) {
			failedAt(failure.index(), Objects.requireNonNullElse(failure.getCause(), failure));
			return;
		}
		BatchSeat.allFailed(this.seats, error);
	}

	private void failedAt(int index, Throwable cause) {
		this.seats.subList(0, index).forEach(BatchSeat::handled);
		this.seats.get(index).failed(cause);
		this.seats.subList(index + 1, this.seats.size()).forEach(BatchSeat::notReached);
	}

}
