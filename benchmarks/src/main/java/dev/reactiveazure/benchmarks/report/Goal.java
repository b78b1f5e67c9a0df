package dev.reactiveazure.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

import dev.reactiveazure.benchmarks.measure.Distribution;
import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.measure.Sample;
import org.jspecify.annotations.Nullable;

/**
 * What a figure should be.
 *
 * @param work the name of the work
 * @param contender whose figure it is
 * @param other the contender whose CPU time it is divided by; {@code null} if the figure
 * is the bytes allocated per operation
 * @param required what it must not exceed; {@code null} if it is only to be known
 * @param goal what is aimed at; {@code null} if that is what is required
 */
record Goal(String work, String contender, @Nullable String other, @Nullable Double required, @Nullable Double goal) {

	static Goal cpu(String work, String contender, String other) {
		return new Goal(work, contender, other, null, null);
	}

	static Goal bytes(String work, String contender) {
		return new Goal(work, contender, null, null, null);
	}

	Goal atMost(double required) {
		return new Goal(this.work, this.contender, this.other, required, this.goal);
	}

	Goal better(double goal) {
		return new Goal(this.work, this.contender, this.other, this.required, goal);
	}

	/**
	 * The verdict on a result, or nothing if it lacks the contenders.
	 */
	Optional<Verdict> judge(Result result, Variant variant) {
		String subject = variant.name(this.contender);
		if (!this.work.equals(result.work()) || !result.contenders().contains(subject)) {
			return Optional.empty();
		}
		if (this.other == null) {
			return Optional.of(new Verdict(this, subject + ": B/op", result.cost(subject, Sample::bytes)));
		}
		String divisor = variant.name(this.other);
		if (!result.contenders().contains(divisor)) {
			return Optional.empty();
		}
		Distribution ratio = result.ratio(subject, divisor, Sample::cpuMicros);
		return Optional.of(new Verdict(this, subject + ": CPU ÷ " + divisor, ratio));
	}

	/**
	 * A figure of this kind as text.
	 */
	String format(@Nullable Double figure) {
		if (figure == null) {
			return "–";
		}
		return String.format(Locale.ROOT, (this.other == null) ? "%,.0f" : "%.3f", figure);
	}

}
