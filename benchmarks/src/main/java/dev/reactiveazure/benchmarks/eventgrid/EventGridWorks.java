package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Observations;
import dev.reactiveazure.benchmarks.measure.Work;
import io.micrometer.observation.ObservationRegistry;
import org.reactivestreams.Publisher;

import org.springframework.util.function.SingletonSupplier;

import static dev.reactiveazure.benchmarks.measure.Contender.CLIENT;
import static dev.reactiveazure.benchmarks.measure.Contender.LIMIT;
import static dev.reactiveazure.benchmarks.measure.Contender.LISTENER;
import static dev.reactiveazure.benchmarks.measure.Contender.LISTENER_OBSERVED;
import static dev.reactiveazure.benchmarks.measure.Contender.MICROSOFT;
import static dev.reactiveazure.benchmarks.measure.Contender.OBSERVED;
import static dev.reactiveazure.benchmarks.measure.Contender.PREPARED;
import static dev.reactiveazure.benchmarks.measure.Contender.TEMPLATE;
import static dev.reactiveazure.benchmarks.measure.Contender.WEBCLIENT;

/**
 * The works on Event Grid. A client exists from its first operation on, and keeps its
 * connections for as long as the process runs.
 */
public final class EventGridWorks {

	private static final int BATCHES = 64;

	private final Map<String, Supplier<? extends EventGridPeer>> publishers = new LinkedHashMap<>();

	private final Map<String, Supplier<? extends ReceivingPeer>> receivers = new LinkedHashMap<>();

	private final URI stub;

	/**
	 * Create the works.
	 * @param stub the address of the stub
	 */
	public EventGridWorks(URI stub) {
		this.stub = stub;
		receiver(CLIENT, () -> new ClientPeer(ClientPeer.namespace(stub, ObservationRegistry.NOOP)));
		publisher(TEMPLATE, () -> new TemplatePeer(stub));
		receiver(OBSERVED, () -> new ClientPeer(ClientPeer.namespace(stub, Observations.metered())));
		receiver(WEBCLIENT, () -> new WebClientPeer(stub));
		publisher(MICROSOFT, () -> new MicrosoftPeer(stub, MicrosoftPeer::record));
		receiver(LIMIT, () -> new LimitPeer(stub));
		publisher(CLIENT + PREPARED,
				() -> new PreparedClientPeer(ClientPeer.namespace(stub, ObservationRegistry.NOOP)));
		publisher(MICROSOFT + PREPARED, () -> new MicrosoftPeer(stub, MicrosoftPeer::prepared));
	}

	private void publisher(String name, Supplier<EventGridPeer> peer) {
		this.publishers.put(name, SingletonSupplier.of(peer));
	}

	private void receiver(String name, Supplier<ReceivingPeer> peer) {
		SingletonSupplier<ReceivingPeer> once = SingletonSupplier.of(peer);
		this.publishers.put(name, once);
		this.receivers.put(name, once);
	}

	/**
	 * Publish events with a record of seventeen components as their data in one request.
	 * @param events how many
	 * @return the work {@code publish} with that number
	 */
	public Work publish(int events) {
		List<Batch> batches = IntStream.range(0, BATCHES)
			.mapToObj((batch) -> Batch.of(batch * events, events))
			.toList();
		AtomicInteger next = new AtomicInteger();
		return work("publish" + events, (events == 1) ? 1 : events / 5, this.publishers,
				(peer) -> peer.publish(batches.get(next.getAndIncrement() & (BATCHES - 1))));
	}

	/**
	 * Receive 100 events, read their payloads into records and acknowledge them.
	 * @return the work
	 */
	public Work receive() {
		return work("receive", 20, this.receivers, ReceivingPeer::receiveAndAcknowledge);
	}

	/**
	 * The same by the listener container, against a bare loop of our client.
	 * @return the work
	 */
	public Work listener() {
		return new Work("listener", 20,
				List.of(new ListenerContender(LISTENER, this.stub, ObservationRegistry.NOOP),
						new ListenerContender(LISTENER_OBSERVED, this.stub, Observations.metered()),
						contender(CLIENT, this.receivers, ReceivingPeer::receiveAndAcknowledge)));
	}

	private static <P extends EventGridPeer> Work work(String name, int size, Map<String, Supplier<? extends P>> peers,
			Function<P, Publisher<?>> operation) {
		return new Work(name, size,
				peers.keySet().stream().map((contender) -> contender(contender, peers, operation)).toList());
	}

	private static <P> Contender contender(String name, Map<String, Supplier<? extends P>> peers,
			Function<P, Publisher<?>> operation) {
		Supplier<? extends P> peer = peers.get(name);
		if (peer == null) {
			throw new IllegalArgumentException("No client of Event Grid is called '" + name + "'");
		}
		return Contender.of(name, () -> operation.apply(peer.get()));
	}

}
