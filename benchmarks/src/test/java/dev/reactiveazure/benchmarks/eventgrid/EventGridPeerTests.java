package dev.reactiveazure.benchmarks.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.azure.core.util.BinaryData;
import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.stub.StubServer;
import dev.reactiveazure.benchmarks.tables.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class EventGridPeerTests {

	private final StubServer stub = StubServer.start();

	private final EventGridWorks works = new EventGridWorks(this.stub.address());

	@AfterEach
	void stopStub() {
		this.stub.close();
	}

	@Test
	void allContendersPublishToTheStub() {
		completes(this.works.publish(1));
		completes(this.works.publish(10));
		completes(this.works.publish(100));
	}

	@Test
	void allContendersReceiveAndAcknowledge() {
		completes(this.works.receive());
	}

	@Test
	void theListenerAcknowledgesAsManyEventsAsItWasToldTo() {
		completes(this.works.listener());
	}

	@Test
	void microsoftsClientWritesTheSamePayload() {
		Order order = Order.numbered(42);
		String theirs = BinaryData.fromObject(order).toString();
		String ours = new String(JsonMapper.builder().build().writeValueAsBytes(order), StandardCharsets.UTF_8);

		assertThat(JsonMapper.shared().readTree(theirs)).isEqualTo(JsonMapper.shared().readTree(ours));
	}

	@Test
	void noContenderOpensAConnectionForEachOperation() {
		for (Work work : List.of(this.works.publish(1), this.works.receive())) {
			for (Contender contender : work.contenders()) {
				int before = this.stub.connections();

				Flux.range(0, 300).flatMap((operation) -> contender.once(), 5).then().block();

				assertThat(this.stub.connections() - before).as(contender.name() + " at " + work.name()).isLessThan(50);
			}
		}
	}

	private static void completes(Work work) {
		for (Contender contender : work.contenders()) {
			StepVerifier.create(Flux.from(contender.once()).then())
				.as(contender.name() + " at " + work.name())
				.verifyComplete();
		}
	}

}
