package dev.reactiveazure.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ComparisonTests {

	private final List<String> calls = new ArrayList<>();

	private final Comparison comparison = new Comparison(new Plan(Duration.ZERO, 3, 2, 1), (progress) -> {
	});

	@Test
	void letsAnotherContenderBeginEachRotation() {
		Work work = new Work("any", List.of(contender("a"), contender("b")));

		Result result = this.comparison.measure(work);

		assertThat(this.calls).containsExactly("a", "a", "b", "b", "b", "b", "a", "a", "a", "a", "b", "b");
		assertThat(result.contenders()).containsExactly("a", "b");
		assertThat(result.samples().get("a")).hasSize(3);
	}

	@Test
	void failsOnABrokenContenderBeforeItWarmsUp() {
		Work work = new Work("any",
				List.of(contender("a"), Contender.of("b", () -> Mono.error(new IllegalStateException("broken")))));

		assertThatIllegalStateException().isThrownBy(() -> this.comparison.warmUp(work)).withMessage("broken");
		assertThat(this.calls).containsExactly("a");
	}

	@Test
	void countsTheBytesThatTheWorkAllocates() {
		List<byte[]> kept = new ArrayList<>();
		Work work = new Work("any",
				List.of(Contender.of("a", () -> Mono.fromRunnable(() -> kept.add(new byte[1_000_000])))));

		Result result = this.comparison.measure(work);

		assertThat(result.cost("a", Sample::bytes).median()).isBetween(1_000_000.0, 1_200_000.0);
		assertThat(kept).hasSize(6);
	}

	@Test
	void reportsARatioOnlyAgainstContendersThatTookPart() {
		Result result = new Result("get", Map.of("limit", List.of(new Sample(20, 8000, 21))));
		Report report = new Report(Map.of(), new Plan(Duration.ZERO, 1, 1, 1), List.of(result));

		assertThat(report.toMarkdown()).contains("| get | limit | 20.0 (20.0) | 8,000 | 21.0 | – | 1.00 | – |");
		assertThat(report.toJson()).contains("\"cpuOver_limit\"").doesNotContain("microsoft");
	}

	private Contender contender(String name) {
		return Contender.of(name, () -> {
			this.calls.add(name);
			return Mono.empty();
		});
	}

}
