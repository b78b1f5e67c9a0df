package dev.reactiveazure.emulator.http;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultPlanTests {

	private final FaultPlan plan = FaultPlan.seeded(7);

	@Test
	void countsRequestsForWhichAnEarlierRuleDecides() {
		this.plan.when(FaultPlan.TABLES).nth(1).answer(503);
		this.plan.when(FaultPlan.TABLES).nth(2).dropAfter();
		assertThat(Stream.generate(this::next).limit(3)).containsExactly(new Fault.Answer(503, null),
				new Fault.DropAfter(), null);
	}

	@Test
	void letsTheFirstOfTwoRulesDecide() {
		this.plan.when(FaultPlan.TABLES).first(1).dropBefore();
		this.plan.when(FaultPlan.TABLES).answer(500);
		assertThat(next()).isEqualTo(new Fault.DropBefore());
		assertThat(next()).isEqualTo(new Fault.Answer(500, null));
	}

	@Test
	void leavesOtherServicesAlone() {
		this.plan.when(FaultPlan.EVENT_GRID).dropBefore();
		assertThat(next()).isNull();
	}

	private @Nullable Fault next() {
		return this.plan.next(FaultPlan.TABLES, EmulatorRequest.of("GET", "/", Headers.NONE, ""));
	}

}
