package dev.reactiveazure.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what was measured, as Markdown for people and as JSON for programs.
 */
public final class Report {

	/**
	 * The contender that all are compared with first: Microsoft's client.
	 */
	public static final String MICROSOFT = "microsoft";

	/**
	 * The contender that does nothing but send prepared bytes.
	 */
	public static final String LIMIT = "limit";

	/**
	 * The contender that is written on a {@code WebClient} without us.
	 */
	public static final String WEBCLIENT = "webclient";

	private final Map<String, ?> environment;

	private final Plan plan;

	private final List<Result> results;

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
	}

	/**
	 * A Markdown table with a line for each work and contender.
	 * @return lines, each ended by a line feed
	 */
	public String toMarkdown() {
		StringBuilder table = new StringBuilder(
				"""
						| work | contender | CPU µs/op: median (q1) | allocated B/op | wall µs/op | CPU ÷ microsoft | CPU ÷ limit | B ÷ microsoft |
						|---|---|---|---|---|---|---|---|
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
		return String.format(Locale.ROOT, "| %s | %s | %.1f (%.1f) | %,.0f | %.1f | %s | %s | %s |\n", result.work(),
				contender, cpu.median(), cpu.lowerQuartile(), result.cost(contender, Sample::bytes).median(),
				result.cost(contender, Sample::wallMicros).median(),
				ratio(result, contender, MICROSOFT, Sample::cpuMicros),
				ratio(result, contender, LIMIT, Sample::cpuMicros), ratio(result, contender, MICROSOFT, Sample::bytes));
	}

	private static String ratio(Result result, String contender, String other, ToDoubleFunction<Sample> cost) {
		if (!result.contenders().contains(other)) {
			return "–";
		}
		return String.format(Locale.ROOT, "%.2f", result.ratio(contender, other, cost).median());
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
		return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(json);
	}

	private static Map<String, Object> json(Result result, String contender) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("work", result.work());
		json.put("contender", contender);
		json.put("cpuMicros", json(result.cost(contender, Sample::cpuMicros)));
		json.put("bytes", json(result.cost(contender, Sample::bytes)));
		json.put("wallMicros", json(result.cost(contender, Sample::wallMicros)));
		for (String other : List.of(MICROSOFT, LIMIT)) {
			if (result.contenders().contains(other)) {
				json.put("cpuOver_" + other, json(result.ratio(contender, other, Sample::cpuMicros)));
				json.put("bytesOver_" + other, json(result.ratio(contender, other, Sample::bytes)));
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
