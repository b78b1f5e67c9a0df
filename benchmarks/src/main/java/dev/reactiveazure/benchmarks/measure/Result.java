package dev.reactiveazure.benchmarks.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What was measured at one work.
 *
 * @param work the name of the work
 * @param samples for each contender one sample a rotation, in the order of the rotations
 */
public record Result(String work, Map<String, List<Sample>> samples) {

	/**
	 * Copies the map and refuses contenders with unequal numbers of rotations.
	 */
	public Result {
		if (samples.values().stream().mapToInt(List::size).distinct().count() > 1) {
			throw new IllegalArgumentException("Each contender needs the same number of rotations");
		}
		samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
	}

	/**
	 * Who was measured.
	 * @return the names in the order of the report
	 */
	public Set<String> contenders() {
		return this.samples.keySet();
	}

	/**
	 * How a cost was distributed over the rotations.
	 * @param contender the name of a contender
	 * @param cost the cost to look at
	 * @return the distribution
	 */
	public Distribution cost(String contender, ToDoubleFunction<Sample> cost) {
		return Distribution.of(of(contender).stream().map(cost::applyAsDouble).toList());
	}

	/**
	 * How a latency was distributed over the rotations.
	 * @param contender the name of a contender
	 * @param latency the latency to look at
	 * @return the distribution, or nothing if no rotation has it
	 */
	public Optional<Distribution> latency(String contender, Function<Sample, @Nullable Double> latency) {
		List<Double> known = of(contender).stream()
			.flatMap((sample) -> Stream.ofNullable(latency.apply(sample)))
			.toList();
		return known.isEmpty() ? Optional.empty() : Optional.of(Distribution.of(known));
	}

	/**
	 * How a contender's cost related to that of another in the same rotation, where both
	 * met the same state of the machine.
	 * @param contender the name of a contender
	 * @param other the name of the one to compare it with
	 * @param cost the cost to look at
	 * @return the distribution of contender's cost divided by other's
	 */
	public Distribution ratio(String contender, String other, ToDoubleFunction<Sample> cost) {
		List<Sample> dividends = of(contender);
		List<Sample> divisors = of(other);
		return Distribution.of(IntStream.range(0, dividends.size())
			.mapToObj((rotation) -> cost.applyAsDouble(dividends.get(rotation))
					/ cost.applyAsDouble(divisors.get(rotation)))
			.toList());
	}

	private List<Sample> of(String contender) {
		List<Sample> found = this.samples.get(contender);
		if (found == null) {
			throw new IllegalArgumentException(
					"No contender '" + contender + "' at " + this.work + ", there are " + contenders());
		}
		return found;
	}

}
