package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.reactiveazure.core.pipeline.CancelListener;
import dev.reactiveazure.eventgrid.ReceivedEvent;
import dev.reactiveazure.eventgrid.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stop that closes a receive whose answer another thread reads.
 */
class ClosedReceiveTests {

	private final VirtualContainer virtual = new VirtualContainer();

	private final ReadingThread thread = new ReadingThread();

	private final AtomicBoolean stopped = new AtomicBoolean();

	@BeforeEach
	void stopWhileReceiving() {
		ScriptedBroker broker = new ScriptedBroker();
		broker.receiving = this.thread;
		EventGridListenerContainer container = this.virtual.create(broker, ContainerOptions.builder(),
				VirtualContainer.immediately());
		container.start();
		this.virtual.advance(Duration.ofSeconds(1));
		container.stop(() -> this.stopped.set(true));
		this.virtual.advance(Duration.ofSeconds(1));
	}

	@Test
	@Requirement("L29")
	void givesBackWhatIsReadBeforeTheCloseTakesEffect() {
		assertThat(this.stopped).isFalse();
		this.thread.subscriber().onNext(List.of(ScriptedBroker.events(0, 2)));
		this.thread.listener().cancelDone();
		this.virtual.advance(Duration.ofMillis(10));
		assertThat(this.virtual.outcomes.values()).containsOnly(EventOutcome.RELEASED).hasSize(2);
		assertThat(this.stopped).isTrue();
	}

	@Test
	@Requirement("L29")
	void isOverAsSoonAsTheCloseHasTakenEffect() {
		this.thread.listener().cancelDone();
		this.virtual.advance(Duration.ofMillis(1));
		assertThat(this.stopped).isTrue();
	}

	@Test
	@Requirement("L30")
	void endsInTimeThoughTheCloseNeverTakesEffect() {
		this.virtual.advance(Duration.ofSeconds(20));
		assertThat(this.stopped).isTrue();
	}

	/**
	 * Receives whose cancel is left to another thread.
	 */
	private static final class ReadingThread extends Mono<List<ReceivedEvent>> {

		private @Nullable CoreSubscriber<? super List<ReceivedEvent>> subscriber;

		@Override
		public void subscribe(CoreSubscriber<? super List<ReceivedEvent>> actual) {
			this.subscriber = actual;
			actual.onSubscribe(new Subscription() {

				@Override
				public void request(long n) {
					// Nothing comes but what a test has come.
				}

				@Override
				public void cancel() {
					listener().cancelPending();
				}

			});
		}

		CoreSubscriber<? super List<ReceivedEvent>> subscriber() {
			return Objects.requireNonNull(this.subscriber);
		}

		CancelListener listener() {
			return subscriber().currentContext().get(CancelListener.KEY);
		}

	}

}
