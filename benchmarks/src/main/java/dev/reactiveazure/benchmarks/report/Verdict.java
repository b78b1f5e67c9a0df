package dev.reactiveazure.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.benchmarks.measure.Distribution;

/**
 * How a figure compares with its goal. What counts is the median over the rotations.
 *
 * @param goal the goal
 * @param figure what was measured
 * @param measured its distribution over the rotations
 */
record Verdict(Goal goal, String figure, Distribution measured) {

	Outcome outcome() {
		double median = this.measured.median();
		if (this.goal.required() == null) {
			return Outcome.KNOWN;
		}
		if (median > this.goal.required()) {
			return Outcome.FALL_SHORT;
		}
		return (this.goal.goal() != null && median <= this.goal.goal()) ? Outcome.GOAL : Outcome.PASS;
	}

	String toMarkdown() {
		return "| %s | %s | %s | %s | %s (%s) | %s |\n".formatted(this.goal.work(), this.figure,
				this.goal.format(this.goal.required()), this.goal.format(this.goal.goal()),
				this.goal.format(this.measured.median()), this.goal.format(this.measured.lowerQuartile()),
				outcome().text);
	}

	Map<String, Object> toJson() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("work", this.goal.work());
		json.put("figure", this.figure);
		if (this.goal.required() != null) {
			json.put("required", this.goal.required());
		}
		if (this.goal.goal() != null) {
			json.put("goal", this.goal.goal());
		}
		json.put("median", this.measured.median());
		json.put("lowerQuartile", this.measured.lowerQuartile());
		json.put("verdict", outcome().text);
		return json;
	}

	/**
	 * In words.
	 */
	enum Outcome {

		/** Nothing is required. */
		KNOWN("–"),

		/** Better than required, and as good as is aimed at where that is more. */
		GOAL("goal"),

		/** As good as required. */
		PASS("pass"),

		/** Worse than required. */
		FALL_SHORT("fall short");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

	}

}
