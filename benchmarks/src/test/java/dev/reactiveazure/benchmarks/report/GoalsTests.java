package dev.reactiveazure.benchmarks.report;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.measure.Sample;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.worker.Catalogue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GoalsTests {

	@Test
	void theMedianOfTheRatiosWithinRotationsDecides() {
		Result result = result("get", "template", cpu(30, 90, 40), "microsoft", cpu(100, 200, 50));

		assertThat(Goals.judge(List.of(result))).filteredOn((verdict) -> verdict.figure().contains("microsoft"))
			.singleElement()
			.satisfies((verdict) -> {
				assertThat(verdict.measured().median()).isEqualTo(0.45);
				assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PASS);
			});
	}

	@Test
	void aFigureIsAGoalAPassOrFallsShort() {
		assertThat(outcome(0.33)).isEqualTo(Verdict.Outcome.GOAL);
		assertThat(outcome(0.34)).isEqualTo(Verdict.Outcome.PASS);
		assertThat(outcome(0.42)).isEqualTo(Verdict.Outcome.PASS);
		assertThat(outcome(0.43)).isEqualTo(Verdict.Outcome.FALL_SHORT);
	}

	private static Verdict.Outcome outcome(double ratio) {
		Result result = result("insert", "client", cpu(100 * ratio), "microsoft", cpu(100));
		return Goals.judge(List.of(result))
			.stream()
			.filter((verdict) -> verdict.figure().equals("client: CPU ÷ microsoft"))
			.map(Verdict::outcome)
			.findFirst()
			.orElseThrow();
	}

	@Test
	void withoutABoundAFigureIsOnlyKnown() {
		Result result = result("insert", "template", cpu(90), "typed", cpu(30));

		assertThat(Goals.judge(List.of(result))).filteredOn((verdict) -> verdict.figure().contains("typed"))
			.singleElement()
			.extracting(Verdict::outcome)
			.isEqualTo(Verdict.Outcome.KNOWN);
	}

	@Test
	void allocatedBytesAreBoundThemselves() {
		Result result = result("publish100", "client", List.of(new Sample(1, 50_000, 1)), "client-prepared",
				List.of(new Sample(1, 50_001, 1)));

		assertThat(Goals.judge(List.of(result))).extracting(Verdict::figure, Verdict::outcome)
			.containsExactly(tuple("client: B/op", Verdict.Outcome.PASS),
					tuple("client-prepared: B/op", Verdict.Outcome.FALL_SHORT));
	}

	@Test
	void overTlsEachProviderIsJudgedByItself() {
		Result result = result("receive", "client@jdk", cpu(40), "webclient@jdk", cpu(100), "client@openssl", cpu(20),
				"webclient@openssl", cpu(100));

		assertThat(Goals.judge(List.of(result))).extracting(Verdict::figure)
			.contains("client@jdk: CPU ÷ webclient@jdk", "client@openssl: CPU ÷ webclient@openssl",
					"client@jdk: CPU ÷ client@openssl")
			.doesNotHaveDuplicates();
	}

	@Test
	void goalsOfContendersThatDidNotTakePartAreLeftOut() {
		assertThat(Goals.judge(List.of(result("insert", "limit", cpu(1))))).isEmpty();
	}

	@Test
	void everyGoalIsAboutContendersThatCompete() {
		Catalogue catalogue = new Catalogue(URI.create("http://127.0.0.1"));

		assertThat(Goals.ALL).allSatisfy((goal) -> {
			Work work = catalogue.work(goal.work().replace("-one-jvm", ""));
			assertThat(work.contenders()).extracting(Contender::name).contains(base(goal.contender()));
			if (goal.other() != null) {
				assertThat(work.contenders()).extracting(Contender::name).contains(base(goal.other()));
			}
		});
	}

	private static String base(String contender) {
		return contender.replaceAll("@.*", "");
	}

	private static List<Sample> cpu(double... micros) {
		return Arrays.stream(micros).mapToObj((cpu) -> new Sample(cpu, 0, 0)).toList();
	}

	@SuppressWarnings("unchecked")
	private static Result result(String work, Object... contenders) {
		Map<String, List<Sample>> samples = new LinkedHashMap<>();
		for (int index = 0; index < contenders.length; index += 2) {
			samples.put((String) contenders[index], (List<Sample>) contenders[index + 1]);
		}
		return new Result(work, samples);
	}

}
