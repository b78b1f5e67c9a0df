package dev.reactiveazure.benchmarks.growth;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What requests of different sizes cost.
 *
 * @param name what was measured
 * @param unit what a request has several of, in the singular
 * @param points the sizes and their costs, in ascending order
 */
record Curve(String name, String unit, List<Point> points) {

	/**
	 * The fixed cost of a request and the cost of each row or event in it, by least
	 * squares of the relative errors: otherwise the largest request alone would decide.
	 */
	Line fit(ToDoubleFunction<Point> cost) {
		double w = 0;
		double wx = 0;
		double wxx = 0;
		double wy = 0;
		double wxy = 0;
		for (Point point : this.points) {
			double y = cost.applyAsDouble(point);
			double weight = 1 / (y * y);
			w += weight;
			wx += weight * point.size();
			wxx += weight * point.size() * point.size();
			wy += weight * y;
			wxy += weight * point.size() * y;
		}
		double each = (w * wxy - wx * wy) / (w * wxx - wx * wx);
		return new Line((wy - each * wx) / w, each);
	}

	/**
	 * Prints the curve, with the marginal cost between each step and the one before, and
	 * how far the line is off.
	 */
	void print() {
		Line cpu = fit(Point::cpuMicros);
		Line bytes = fit(Point::bytes);
		System.out.printf(Locale.ROOT, "%n%s: %.1f us and %,.0f B a request, %.3f us and %,.0f B a %s%n", this.name,
				cpu.fixed(), bytes.fixed(), cpu.each(), bytes.each(), this.unit);
		System.out.printf("%8s %14s %14s %16s %16s %10s %10s%n", this.unit + "s", "CPU us", "bytes",
				"us more/" + this.unit, "B more/" + this.unit, "CPU off", "bytes off");
		for (int i = 0; i < this.points.size(); i++) {
			Point point = this.points.get(i);
			System.out.printf(Locale.ROOT, "%8d %14.1f %,14.0f %16s %16s %+9.0f%% %+9.1f%%%n", point.size(),
					point.cpuMicros(), point.bytes(), (i > 0) ? String.format(Locale.ROOT, "%.3f", marginalCpu(i)) : "",
					(i > 0) ? String.format(Locale.ROOT, "%,.0f", marginalBytes(i)) : "",
					100 * (point.cpuMicros() / cpu.at(point.size()) - 1),
					100 * (point.bytes() / bytes.at(point.size()) - 1));
		}
	}

	private double marginalCpu(int i) {
		return (this.points.get(i).cpuMicros() - this.points.get(i - 1).cpuMicros()) / step(i);
	}

	private double marginalBytes(int i) {
		return (this.points.get(i).bytes() - this.points.get(i - 1).bytes()) / step(i);
	}

	private double step(int i) {
		return this.points.get(i).size() - this.points.get(i - 1).size();
	}

	/**
	 * What a request of one size costs.
	 *
	 * @param size how many rows or events it has
	 * @param cpuMicros CPU time of the process a request, in microseconds
	 * @param bytes bytes allocated a request
	 */
	record Point(int size, double cpuMicros, double bytes) {

	}

	/**
	 * A fixed cost and one for each.
	 *
	 * @param fixed the cost of a request
	 * @param each the cost of each row or event in it
	 */
	record Line(double fixed, double each) {

		double at(int size) {
			return this.fixed + this.each * size;
		}

	}

}
