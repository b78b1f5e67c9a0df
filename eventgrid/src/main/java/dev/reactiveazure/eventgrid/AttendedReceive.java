package dev.reactiveazure.eventgrid;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A receive whose cancellation does not close the exchange: that would strand the locks
 * of an answer that is on its way. The exchange goes on in the background, where the next
 * receive of the same subscription finds it and goes on with it, so that abandoned
 * exchanges neither pile up nor pass an event from one to the other.
 */
final class AttendedReceive extends Mono<List<ReceivedEvent>> {

	private final SubscriptionRequests requests;

	private final ReceiveOptions options;

	private final BackgroundReceives background;

	AttendedReceive(SubscriptionRequests requests, ReceiveOptions options, BackgroundReceives background) {
		this.requests = requests;
		this.options = options;
		this.background = background;
	}

	@Override
	public void subscribe(CoreSubscriber<? super List<ReceivedEvent>> actual) {
		actual.onSubscribe(new Attendance(actual, this));
	}

	private ReceiveExchange open(Attendance attendance) {
		return new ReceiveExchange(this.requests, this.options, this.background, attendance);
	}

	/**
	 * One subscriber's interest in an exchange. Nothing is sent before it asks for the
	 * answer.
	 */
	static final class Attendance implements Subscription {

		private final CoreSubscriber<? super List<ReceivedEvent>> actual;

		private final AttendedReceive receive;

		private final AtomicBoolean requested = new AtomicBoolean();

		private volatile @Nullable ReceiveExchange exchange;

		private volatile boolean cancelled;

		Attendance(CoreSubscriber<? super List<ReceivedEvent>> actual, AttendedReceive receive) {
			this.actual = actual;
			this.receive = receive;
		}

		Context context() {
			return this.actual.currentContext();
		}

		@Override
		public void request(long n) {
			if (!Operators.validate(n) || !this.requested.compareAndSet(false, true) || this.cancelled) {
				return;
			}
			ReceiveExchange current = this.receive.background.takeOver(this.receive.requests, this.receive.options,
					this);
			if (current != null) {
				attend(current);
				return;
			}
			current = this.receive.open(this);
			attend(current);
			current.start();
		}

		private void attend(ReceiveExchange current) {
			this.exchange = current;
			if (this.cancelled) {
				current.abandon(this);
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
			ReceiveExchange current = this.exchange;
			if (current != null) {
				current.abandon(this);
			}
		}

		void answered(List<ReceivedEvent> events) {
			this.actual.onNext(events);
			this.actual.onComplete();
		}

		void failed(Throwable error) {
			this.actual.onError(error);
		}

	}

}
