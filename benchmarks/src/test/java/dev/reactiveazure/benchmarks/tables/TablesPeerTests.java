package dev.reactiveazure.benchmarks.tables;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import com.azure.data.tables.models.TableEntity;
import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.stub.StubServer;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TablesPeerTests {

	private final StubServer stub = StubServer.start();

	private final TablesWorks works = new TablesWorks(this.stub.address());

	@AfterEach
	void stopStub() {
		this.stub.close();
	}

	@Test
	void allContendersInsertAgainstTheStub() {
		completes(this.works.insert());
	}

	@Test
	void allContendersGetAgainstTheStub() {
		completes(this.works.get());
	}

	@Test
	void allContendersReadAThousandRows() {
		for (Work work : List.of(this.works.query(), this.works.queryMixed(), this.works.queryFull(),
				this.works.queryBare())) {
			for (Contender contender : work.contenders()) {
				if (!contender.name().equals("limit")) {
					StepVerifier.create(Flux.from(contender.once()).count())
						.as(contender.name() + " at " + work.name())
						.expectNext(1000L)
						.verifyComplete();
				}
			}
			completes(work);
		}
	}

	@Test
	void allContendersInsertInATransaction() {
		completes(this.works.transaction());
	}

	@Test
	void microsoftsClientReadsTheRowThatTheWorksExpect() {
		Order order = Order.numbered(0);

		StepVerifier.create(new MicrosoftPeer(this.stub.address()).get(order.customer(), order.id()))
			.assertNext((entity) -> assertThat(order(entity)).isEqualTo(order))
			.verifyComplete();
	}

	@Test
	void ourTypedClientReadsTheSameRow() {
		Order order = Order.numbered(0);

		StepVerifier
			.create(new TypedClientPeer(TablesWorks.ours(this.stub.address(), ObservationRegistry.NOOP))
				.get(order.customer(), order.id()))
			.expectNext(order)
			.verifyComplete();
	}

	@Test
	void ourTemplateReadsTheSameRow() {
		Order order = Order.numbered(0);

		StepVerifier
			.create(new TemplatePeer(TablesWorks.ours(this.stub.address(), ObservationRegistry.NOOP))
				.get(order.customer(), order.id()))
			.expectNext(order)
			.verifyComplete();
	}

	@Test
	void theHandWrittenClientReadsTheSameRow() {
		Order order = Order.numbered(0);

		StepVerifier.create(new WebClientPeer(this.stub.address()).get(order.customer(), order.id()))
			.expectNext(order)
			.verifyComplete();
	}

	@Test
	void theHandWrittenClientSendsWhatTheLimitHasPrepared() {
		OrderRow prepared = JsonMapper.shared().readValue(LimitPeer.ROW, OrderRow.class);

		assertThat(prepared).isEqualTo(OrderRow.of(Order.numbered(LimitPeer.ORDER)));
	}

	@Test
	void noContenderOpensAConnectionForEachOperation() {
		for (Work work : List.of(this.works.insert(), this.works.get())) {
			for (Contender contender : work.contenders()) {
				int before = this.stub.connections();

				Flux.range(0, 500).flatMap((operation) -> contender.once(), 5).then().block();

				assertThat(this.stub.connections() - before).as(contender.name() + " at " + work.name()).isLessThan(50);
			}
		}
	}

	private static void completes(Work work) {
		for (Contender contender : work.contenders()) {
			StepVerifier.create(Flux.from(contender.once()).then()).verifyComplete();
		}
	}

	static Order order(TableEntity entity) {
		return new Order(entity.getPartitionKey(), entity.getRowKey(), value(entity, "number", Long.class),
				value(entity, "total", Double.class), value(entity, "tax", Double.class),
				value(entity, "quantity", Integer.class), value(entity, "priority", Integer.class),
				value(entity, "paid", Boolean.class), value(entity, "express", Boolean.class),
				value(entity, "placedAt", OffsetDateTime.class).toInstant(),
				value(entity, "shippedAt", OffsetDateTime.class).toInstant(), value(entity, "reference", UUID.class),
				value(entity, "status", String.class), value(entity, "currency", String.class),
				value(entity, "city", String.class), value(entity, "email", String.class),
				value(entity, "note", String.class));
	}

	private static <T> T value(TableEntity entity, String property, Class<T> type) {
		return type.cast(entity.getProperty(property));
	}

}
