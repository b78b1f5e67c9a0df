package dev.reactiveazure.benchmarks.measure;

import java.util.Collection;
import java.util.List;

/**
 * Some numbers in ascending order.
 *
 * @param values the numbers, at least one
 */
public record Distribution(List<Double> values) {

	/**
	 * Sorts a copy.
	 */
	public Distribution {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("A distribution needs at least one value");
		}
		values = values.stream().sorted().toList();
	}

	/**
	 * The distribution of the given numbers.
	 * @param values the numbers in any order, at least one
	 * @return the distribution
	 */
	public static Distribution of(Collection<Double> values) {
		return new Distribution(List.copyOf(values));
	}

	/**
	 * The middle value, or the mean of the two middle values.
	 * @return the median
	 */
	public double median() {
		return quantile(0.5);
	}

	/**
	 * The value a quarter of the way up: what a quiet machine would show.
	 * @return the lower quartile, interpolated between its two neighbours
	 */
	public double lowerQuartile() {
		return quantile(0.25);
	}

	/**
	 * The value three quarters of the way up.
	 * @return the upper quartile, interpolated between its two neighbours
	 */
	public double upperQuartile() {
		return quantile(0.75);
	}

	private double quantile(double share) {
		double position = share * (this.values.size() - 1);
		int below = (int) position;
		int above = Math.min(below + 1, this.values.size() - 1);
		double low = this.values.get(below);
		return low + (position - below) * (this.values.get(above) - low);
	}

}
