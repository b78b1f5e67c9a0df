package dev.reactiveazure.benchmarks.eventgrid;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.tables.Order;
import org.reactivestreams.Publisher;

/**
 * The works on Event Grid.
 */
public final class EventGridWorks {

	private static final int BATCHES = 64;

	private final List<EventGridPeer> publishers;

	private final List<ReceivingPeer> receivers;

	private final ClientPeer client;

	private final URI stub;

	/**
	 * Creates the peers, which keep their connections for as long as the process runs.
	 * @param stub the address of the stub
	 */
	public EventGridWorks(URI stub) {
		this.stub = stub;
		this.client = new ClientPeer(stub);
		WebClientPeer webClient = new WebClientPeer(stub);
		LimitPeer limit = new LimitPeer(stub);
		this.publishers = List.of(this.client, new TemplatePeer(stub), webClient, new MicrosoftPeer(stub), limit);
		this.receivers = List.of(this.client, webClient, limit);
	}

	/**
	 * Publish events with a record of seventeen components as their data in one request.
	 * @param events how many
	 * @return the work {@code publish} with that number
	 */
	public Work publish(int events) {
		List<List<Order>> batches = IntStream.range(0, BATCHES)
			.mapToObj((batch) -> IntStream.range(0, events)
				.mapToObj((event) -> Order.numbered(batch * events + event))
				.toList())
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
				List.of(new ListenerContender(this.stub), Contender.of("client", this.client::receiveAndAcknowledge)));
	}

	private static <P extends EventGridPeer> Work work(String name, int size, List<P> peers,
			Function<P, Publisher<?>> operation) {
		List<Contender> contenders = peers.stream()
			.map((peer) -> Contender.of(peer.name(), () -> operation.apply(peer)))
			.toList();
		return new Work(name, size, contenders);
	}

}
