package dev.reactiveazure.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import dev.reactiveazure.benchmarks.measure.Contender;
import dev.reactiveazure.benchmarks.measure.Distribution;
import dev.reactiveazure.benchmarks.measure.Plan;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.measure.Sample;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what was measured, as Markdown for people and as JSON for programs.
 */
public final class Report {

	private final Map<String, ?> environment;

	private final Plan plan;

	private final List<Result> results;

	private final List<Verdict> verdicts;

	/**
	 * Create a report.
	 * @param environment where and on what it was measured, by name
	 * @param plan how it was measured
	 * @param results what was measured
	 */
	public Report(Map<String, ?> environment, Plan plan, List<Result> results) {
		this.environment = Map.copyOf(environment);
		this.plan = plan;
		this.results = List.copyOf(results);
		this.verdicts = Goals.judge(this.results);
	}

	/**
	 * A Markdown table with a line for each work and contender.
	 * @return lines, each ended by a line feed
	 */
	public String toMarkdown() {
		StringBuilder table = new StringBuilder(
				"""
						| work | contender | CPU µs/op: median (q1) | allocated B/op | wall µs/op | p50 ms | p99 ms | CPU ÷ microsoft | CPU ÷ limit | B ÷ microsoft |
						|---|---|---|---|---|---|---|---|---|---|
						""");
		for (Result result : this.results) {
			for (String contender : result.contenders()) {
				table.append(line(result, contender));
			}
		}
		return table.toString();
	}

	private static String line(Result result, String contender) {
		Distribution cpu = result.cost(contender, Sample::cpuMicros);
		return String.format(Locale.ROOT, "| %s | %s | %.1f (%.1f) | %,.0f | %.1f | %s | %s | %s | %s | %s |\n",
				result.work(), contender, cpu.median(), cpu.lowerQuartile(),
				result.cost(contender, Sample::bytes).median(), result.cost(contender, Sample::wallMicros).median(),
				millis(result, contender, Sample::p50Micros), millis(result, contender, Sample::p99Micros),
				ratio(result, contender, Contender.MICROSOFT, Sample::cpuMicros),
				ratio(result, contender, Contender.LIMIT, Sample::cpuMicros),
				ratio(result, contender, Contender.MICROSOFT, Sample::bytes));
	}

	private static String millis(Result result, String contender, Function<Sample, @Nullable Double> latency) {
		return result.latency(contender, latency)
			.map((micros) -> String.format(Locale.ROOT, "%.2f", micros.median() / 1000))
			.orElse("–");
	}

	private static String ratio(Result result, String contender, String other, ToDoubleFunction<Sample> cost) {
		String divisor = Variant.of(contender).name(other);
		if (!result.contenders().contains(divisor)) {
			return "–";
		}
		return String.format(Locale.ROOT, "%.2f", result.ratio(contender, divisor, cost).median());
	}

	/**
	 * A Markdown table with a line for each goal that was measured.
	 * @return lines, each ended by a line feed
	 */
	public String verdictsToMarkdown() {
		StringBuilder table = new StringBuilder("""
				| work | figure | required at most | goal | median (q1) | verdict |
				|---|---|---|---|---|---|
				""");
		this.verdicts.forEach((verdict) -> table.append(verdict.toMarkdown()));
		return table.toString();
	}

	/**
	 * Whether a figure is worse than required.
	 * @return {@code true} for at least one of them
	 */
	public boolean fallsShort() {
		return this.verdicts.stream().anyMatch((verdict) -> verdict.outcome() == Verdict.Outcome.FALL_SHORT);
	}

	/**
	 * Everything, down to the single samples.
	 * @return an indented JSON object
	 */
	public String toJson() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("environment", this.environment);
		json.put("warmUpSeconds", this.plan.warmUp().toSeconds());
		json.put("rotations", this.plan.rotations());
		json.put("operations", this.plan.operations());
		json.put("concurrency", this.plan.concurrency());
		List<Map<String, Object>> measured = new ArrayList<>();
		for (Result result : this.results) {
			result.contenders().forEach((contender) -> measured.add(json(result, contender)));
		}
		json.put("results", measured);
		json.put("verdicts", this.verdicts.stream().map(Verdict::toJson).toList());
		return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(json);
	}

	private static Map<String, Object> json(Result result, String contender) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("work", result.work());
		json.put("contender", contender);
		json.put("cpuMicros", json(result.cost(contender, Sample::cpuMicros)));
		json.put("bytes", json(result.cost(contender, Sample::bytes)));
		json.put("wallMicros", json(result.cost(contender, Sample::wallMicros)));
		result.latency(contender, Sample::p50Micros).ifPresent((p50) -> json.put("p50Micros", json(p50)));
		result.latency(contender, Sample::p99Micros).ifPresent((p99) -> json.put("p99Micros", json(p99)));
		for (String other : List.of(Contender.MICROSOFT, Contender.LIMIT)) {
			String divisor = Variant.of(contender).name(other);
			if (result.contenders().contains(divisor)) {
				json.put("cpuOver_" + other, json(result.ratio(contender, divisor, Sample::cpuMicros)));
				json.put("bytesOver_" + other, json(result.ratio(contender, divisor, Sample::bytes)));
			}
		}
		json.put("samples", result.samples().get(contender));
		return json;
	}

	private static Map<String, Object> json(Distribution distribution) {
		return Map.of("median", distribution.median(), "lowerQuartile", distribution.lowerQuartile(), "upperQuartile",
				distribution.upperQuartile());
	}

}
