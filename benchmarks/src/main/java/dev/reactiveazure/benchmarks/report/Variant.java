package dev.reactiveazure.benchmarks.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.reactiveazure.benchmarks.measure.Result;

/**
 * How contenders ran that are otherwise the same: what their names end with from an
 * {@code @} on.
 *
 * @param suffix the end of the names with the {@code @}, or nothing
 */
record Variant(String suffix) {

	static Variant of(String contender) {
		int at = contender.indexOf('@');
		return new Variant((at < 0) ? "" : contender.substring(at));
	}

	/**
	 * The variants in a result, of which the one without a suffix is always one.
	 */
	static List<Variant> in(Result result) {
		Set<Variant> variants = new LinkedHashSet<>();
		variants.add(new Variant(""));
		result.contenders().forEach((contender) -> variants.add(of(contender)));
		return List.copyOf(variants);
	}

	/**
	 * The name of a contender that ran like this.
	 */
	String name(String contender) {
		return contender + this.suffix;
	}

}
