package dev.reactiveazure.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ComparisonTests {

	private final List<String> calls = new ArrayList<>();

	private Comparison comparison(Contender... contenders) {
		Work work = new Work("any", 1, List.of(contenders));
		return new Comparison("any",
				work.contenders().stream().map((contender) -> new LocalRunner(work, contender, 1)).toList(),
				(progress) -> {
				});
	}

	@Test
	void letsAnotherContenderBeginEachRotation() {
		Result result = comparison(contender("a"), contender("b")).measure(3, 1);

		// Each measurement has one more operation before it, which is not measured.
		assertThat(this.calls).containsExactly("a", "a", "b", "b", "b", "b", "a", "a", "a", "a", "b", "b");
		assertThat(result.contenders()).containsExactly("a", "b");
		assertThat(result.samples().get("a")).hasSize(3);
	}

	@Test
	void failsOnABrokenContenderBeforeItWarmsUp() {
		Comparison comparison = comparison(contender("a"),
				Contender.of("b", () -> Mono.error(new IllegalStateException("broken"))));

		assertThatIllegalStateException().isThrownBy(() -> comparison.warmUp(Duration.ZERO)).withMessage("broken");
		assertThat(this.calls).containsExactly("a");
	}

	@Test
	void countsTheBytesThatTheWorkAllocates() {
		List<byte[]> kept = new ArrayList<>();

		Result result = comparison(Contender.of("a", () -> Mono.fromRunnable(() -> kept.add(new byte[1_000_000]))))
			.measure(3, 2);

		assertThat(result.cost("a", Sample::bytes).median()).isBetween(1_000_000.0, 1_200_000.0);
	}

	private Contender contender(String name) {
		return Contender.of(name, () -> {
			this.calls.add(name);
			return Mono.empty();
		});
	}

}
