package dev.reactiveazure.benchmarks.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResultTests {

	@Test
	void dividesWithinARotationBeforeItTakesTheMedian() {
		Result result = new Result("insert", Map.of("ours", cpu(10, 40, 30), "limit", cpu(10, 20, 60)));

		// The medians are 30 and 20; the ratios within the rotations are 1, 2 and 0.5.
		assertThat(result.ratio("ours", "limit", Sample::cpuMicros).median()).isEqualTo(1.0);
	}

	@Test
	void refusesContendersWithUnequalRotations() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Result("insert", Map.of("ours", cpu(1, 2), "limit", cpu(1))));
	}

	@Test
	void namesTheContenderItDoesNotHave() {
		Result result = new Result("insert", Map.of("limit", cpu(1)));

		assertThatIllegalArgumentException().isThrownBy(() -> result.cost("ours", Sample::cpuMicros))
			.withMessageContaining("'ours'")
			.withMessageContaining("limit");
	}

	private static List<Sample> cpu(double... micros) {
		return Arrays.stream(micros).mapToObj((cpu) -> new Sample(cpu, 0, 0)).toList();
	}

}
