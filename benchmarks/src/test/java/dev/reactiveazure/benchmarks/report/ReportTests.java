package dev.reactiveazure.benchmarks.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.benchmarks.measure.Plan;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.measure.Sample;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportTests {

	@Test
	void hasARatioOnlyAgainstContendersThatTookPart() {
		Report report = report(new Result("get", Map.of("limit", List.of(new Sample(20, 8000, 21)))));

		assertThat(report.toMarkdown()).contains("| get | limit | 20.0 (20.0) | 8,000 | 21.0 | – | – | – | 1.00 | – |");
		assertThat(report.toJson()).contains("\"cpuOver_limit\"").doesNotContain("cpuOver_microsoft");
	}

	@Test
	void dividesByTheContenderThatRanInTheSameWay() {
		Report report = report(new Result("get", Map.of("client@jdk", List.of(new Sample(30, 8000, 21, 400.0, 900.0)),
				"limit@jdk", List.of(new Sample(20, 8000, 21)))));

		assertThat(report.toMarkdown())
			.contains("| get | client@jdk | 30.0 (30.0) | 8,000 | 21.0 | 0.40 | 0.90 | – | 1.50 | – |");
	}

	@Test
	void saysForEachGoalWhetherItWasMet() {
		Report report = report(new Result("listener",
				Map.of("listener", List.of(new Sample(30, 1, 1)), "client", List.of(new Sample(10, 1, 1)))));

		assertThat(report.verdictsToMarkdown())
			.contains("| listener | listener: CPU ÷ client | 1.300 | – | 3.000 (3.000) | fall short |");
		assertThat(report.toJson()).contains("\"verdict\" : \"fall short\"");
		assertThat(report.fallsShort()).isTrue();
	}

	private static Report report(Result result) {
		return new Report(Map.of(), new Plan(Duration.ZERO, 1, 1, 1), List.of(result));
	}

}
