package dev.reactiveazure.eventgrid.listener;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.ReleaseDelay;
import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One event being handled: by the handler and, where that fails, on the failure path. It
 * holds its slot until the event's fate is decided.
 */
final class HandlerRun implements CoreSubscriber<Object> {

	private static final Log logger = LogFactory.getLog(HandlerRun.class);

	private static final AtomicReferenceFieldUpdater<HandlerRun, Subscription> WORK = AtomicReferenceFieldUpdater
		.newUpdater(HandlerRun.class, Subscription.class, "work");

	private static final AtomicIntegerFieldUpdater<HandlerRun> ENDED = AtomicIntegerFieldUpdater
		.newUpdater(HandlerRun.class, "ended");

	private static final Subscription NOTHING = Operators.emptySubscription();

	private final InFlightEvent event;

	private final HandlerSetting setting;

	private final HandlerSlot slot;

	private volatile Subscription work = NOTHING;

	private volatile int ended;

	private HandlingObservation observation = HandlingObservation.NONE;

	private @Nullable Disposition decision;

	/** Whether the handler never saw the event. */
	private boolean unhandled;

	HandlerRun(InFlightEvent event, HandlerSetting setting, HandlerSlot slot) {
		this.event = event;
		this.setting = setting;
		this.slot = slot;
	}

	void start() {
		if (begin()) {
			handle(this.setting.observations().start(List.of(received())));
		}
	}

	/**
	 * Begin, to {@link #handle} next.
	 * @return {@code false} if the event ended before, and with it the run
	 */
	boolean begin() {
		this.event.runBy(this);
		this.setting.running().add(this);
		if (this.event.start()) {
			return true;
		}
		end();
		return false;
	}

	ReceivedEvent received() {
		return this.event.received();
	}

	/**
	 * Handle the event.
	 * @param looking observes it, alone or with the others of its batch
	 */
	void handle(HandlingObservation looking) {
		this.observation = looking;
		this.event.observedBy(looking);
		Observation.Scope scope = looking.open();
		callHandler(received());
		HandlingObservation.close(scope);
	}

	private void callHandler(ReceivedEvent received) {
		if (received instanceof ReceivedEvent.Malformed malformed) {
			failed(new MalformedEventException(malformed.reason()));
			return;
		}
		ReceivedEvent.Valid valid = (ReceivedEvent.Valid) received;
		try {
			this.setting.adapter().handle(delivery(valid), this.slot).subscribe(this);
		}
		catch (Throwable ex) {
			failed(ex);
		}
	}

	private Delivery delivery(ReceivedEvent.Valid valid) {
		return new Delivery(valid.event(), valid.deliveryCount(),
				new DeliverySettlement(this.event, this.setting.settlements(), this.setting.locks()));
	}

	/**
	 * Cancel what runs. The event's fate must be sealed before.
	 */
	void cancel() {
		Subscription current = WORK.getAndSet(this, Operators.cancelledSubscription());
		try {
			current.cancel();
		}
		catch (Throwable ex) {
			// Even an Error: others are to be cancelled after this one.
			logger.warn("A handler of listener '" + this.setting.listenerId() + "' could not be cancelled", ex);
		}
		end();
	}

	// == The handler ==

	@Override
	public Context currentContext() {
		return this.observation.context();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		begin(NOTHING, subscription);
	}

	@Override
	public void onNext(Object value) {
		if (value instanceof Disposition made) {
			this.decision = made;
		}
		else if (value instanceof Unhandled spared) {
			this.decision = spared.disposition();
			this.unhandled = true;
		}
	}

	@Override
	public void onComplete() {
		noteSuccess();
		Disposition made = this.decision;
		if (made == null && this.setting.ackMode() == AckMode.MANUAL) {
			this.event.leaveToUser();
			end();
			return;
		}
		decided((made != null) ? made : Disposition.acknowledge());
	}

	private void noteSuccess() {
		if (this.unhandled) {
			failures().unhandled();
		}
		else {
			failures().handled();
		}
	}

	@Override
	public void onError(Throwable error) {
		if (isCancelled()) {
			end();
			return;
		}
		failed(error);
	}

	private void begin(Subscription before, Subscription subscription) {
		if (!WORK.compareAndSet(this, before, subscription)) {
			subscription.cancel();
			end();
			return;
		}
		subscription.request(Long.MAX_VALUE);
	}

	private boolean isCancelled() {
		return this.work == Operators.cancelledSubscription();
	}

	// == Failure ==

	private void failed(Throwable error) {
		this.slot.vacate();
		this.observation.failed(error);
		log(error);
		if (!this.event.state().isOpen()) {
			// The handler settled it before it failed: there is nothing left to decide.
			end();
			return;
		}
		Observation.Scope scope = this.observation.open();
		callErrorHandler(error);
		HandlingObservation.close(scope);
	}

	private void callErrorHandler(Throwable error) {
		try {
			failures().decide(this.event, error).subscribe(new Decision(this.work));
		}
		catch (Throwable ex) {
			undecided(ex);
		}
	}

	private FailurePath failures() {
		return this.slot.speaks() ? this.setting.failures() : this.setting.failures().silent();
	}

	private void log(Throwable error) {
		String message = "Listener '" + this.setting.listenerId() + "' failed on " + this.event.describe() + ": "
				+ error;
		// A stack for each event of an outage would bury everything else.
		if (logger.isDebugEnabled()) {
			logger.debug(message, error);
			return;
		}
		logger.warn(message);
	}

	private void undecided(Throwable why) {
		logger.error("Listener '" + this.setting.listenerId() + "' could not decide about " + this.event.describe()
				+ "; it is released", why);
		decided(Disposition.release(ReleaseDelay.TEN_SECONDS));
	}

	private void decided(Disposition disposition) {
		this.setting.settlements().settle(this.event, disposition);
		end();
	}

	private void end() {
		if (!ENDED.compareAndSet(this, 0, 1)) {
			return;
		}
		this.setting.running().remove(this);
		this.slot.vacate();
		this.slot.leave();
	}

	/**
	 * Waits for the decision about a failure.
	 */
	private final class Decision implements CoreSubscriber<Disposition> {

		private final Subscription before;

		private boolean made;

		Decision(Subscription before) {
			this.before = before;
		}

		@Override
		public Context currentContext() {
			return HandlerRun.this.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			begin(this.before, subscription);
		}

		@Override
		public void onNext(Disposition disposition) {
			this.made = true;
			decided(disposition);
		}

		@Override
		public void onError(Throwable why) {
			if (!this.made) {
				undecided(why);
			}
		}

		@Override
		public void onComplete() {
			if (!this.made) {
				undecided(new IllegalStateException("There is no decision"));
			}
		}

	}

}
