package dev.reactiveazure.benchmarks.growth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A chart of lines over a logarithmic x-axis, as SVG.
 */
final class Plot {

	private static final int WIDTH = 640;

	private static final int HEIGHT = 360;

	private static final int LEFT = 80;

	private static final int RIGHT = 40;

	private static final int TOP = 56;

	private static final int BOTTOM = 56;

	private static final List<String> COLOURS = List.of("#1f6feb", "#d1570a", "#2a7f3f");

	private final String title;

	private final String x;

	private final String y;

	private final boolean logarithmic;

	private final List<Series> series = new ArrayList<>();

	private Plot(String title, String x, String y, boolean logarithmic) {
		this.title = title;
		this.x = x;
		this.y = y;
		this.logarithmic = logarithmic;
	}

	/**
	 * A chart whose y-axis starts at zero.
	 */
	static Plot linear(String title, String x, String y) {
		return new Plot(title, x, y, false);
	}

	/**
	 * A chart whose y-axis is logarithmic too.
	 */
	static Plot logarithmic(String title, String x, String y) {
		return new Plot(title, x, y, true);
	}

	/**
	 * Add a line.
	 */
	Plot line(String name, double[] xs, double[] ys) {
		this.series.add(new Series(name, xs, ys, false));
		return this;
	}

	/**
	 * Add a dashed line without points, for what was computed.
	 */
	Plot dashed(String name, double[] xs, double[] ys) {
		this.series.add(new Series(name, xs, ys, true));
		return this;
	}

	String toSvg() {
		Axis horizontal = Axis.logarithmic(all(true), LEFT, WIDTH - RIGHT);
		Axis vertical = this.logarithmic ? Axis.logarithmic(all(false), HEIGHT - BOTTOM, TOP)
				: Axis.linear(all(false), HEIGHT - BOTTOM, TOP);
		StringBuilder svg = new StringBuilder();
		append(svg, """
				<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
				font-family="Helvetica, Arial, sans-serif" font-size="12">
				<title>%s</title>
				<rect width="100%%" height="100%%" fill="#ffffff"/>
				<text x="%d" y="22" font-size="15" font-weight="bold" fill="#222222">%s</text>
				""", WIDTH, HEIGHT, WIDTH, HEIGHT, this.title, LEFT, this.title);
		for (double tick : horizontal.ticks()) {
			double at = horizontal.at(tick);
			append(svg, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e4e4e4\"/>\n", at, TOP, at,
					HEIGHT - BOTTOM);
			append(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#444444\">%s</text>\n", at,
					HEIGHT - BOTTOM + 18, label(tick));
		}
		for (double tick : vertical.ticks()) {
			double at = vertical.at(tick);
			append(svg, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e4e4e4\"/>\n", LEFT, at,
					WIDTH - RIGHT, at);
			append(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#444444\">%s</text>\n", LEFT - 8, at + 4,
					label(tick));
		}
		append(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#222222\">%s</text>\n",
				(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, this.x);
		append(svg,
				"<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\" fill=\"#222222\">%s</text>\n",
				(TOP + HEIGHT - BOTTOM) / 2, this.y);
		for (int i = 0; i < this.series.size(); i++) {
			draw(svg, this.series.get(i), COLOURS.get(i % COLOURS.size()), LEFT + 185 * i, horizontal, vertical);
		}
		return svg.append("</svg>\n").toString();
	}

	private static void draw(StringBuilder svg, Series series, String colour, int legend, Axis horizontal,
			Axis vertical) {
		String dashes = series.dashed() ? " stroke-dasharray=\"5 4\"" : "";
		append(svg, "<line x1=\"%d\" y1=\"40\" x2=\"%d\" y2=\"40\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", legend,
				legend + 22, colour, dashes);
		append(svg, "<text x=\"%d\" y=\"44\" fill=\"#222222\">%s</text>\n", legend + 28, series.name());
		StringBuilder path = new StringBuilder();
		for (int i = 0; i < series.xs().length; i++) {
			append(path, "%s%.1f %.1f", (i == 0) ? "M" : " L", horizontal.at(series.xs()[i]),
					vertical.at(series.ys()[i]));
		}
		append(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>\n", path, colour, dashes);
		for (int i = 0; !series.dashed() && i < series.xs().length; i++) {
			append(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", horizontal.at(series.xs()[i]),
					vertical.at(series.ys()[i]), colour);
		}
	}

	private double[] all(boolean horizontal) {
		return this.series.stream()
			.flatMapToDouble((line) -> Arrays.stream(horizontal ? line.xs() : line.ys()))
			.toArray();
	}

	private static String label(double value) {
		return (value >= 1 || value == 0) ? String.format(Locale.ROOT, (value % 1 == 0) ? "%,.0f" : "%,.1f", value)
				: String.format(Locale.ROOT, "%.2g", value);
	}

	private static void append(StringBuilder target, String format, Object... values) {
		target.append(String.format(Locale.ROOT, format, values));
	}

	private record Series(String name, double[] xs, double[] ys, boolean dashed) {

	}

	/**
	 * Where values are.
	 *
	 * @param ticks the values that are labelled; the first and the last bound the axis
	 * @param start where the first is
	 * @param end where the last is
	 * @param logarithmic how those between are spread
	 */
	private record Axis(List<Double> ticks, double start, double end, boolean logarithmic) {

		static Axis logarithmic(double[] values, double start, double end) {
			double low = Math.floor(Math.log10(Arrays.stream(values).min().orElse(1)));
			double high = Math.ceil(Math.log10(Arrays.stream(values).max().orElse(10)));
			List<Double> ticks = new ArrayList<>();
			for (double exponent = low; exponent <= Math.max(high, low + 1); exponent++) {
				ticks.add(Math.pow(10, exponent));
			}
			return new Axis(ticks, start, end, true);
		}

		static Axis linear(double[] values, double start, double end) {
			double most = Arrays.stream(values).max().orElse(1) * 1.15;
			double magnitude = Math.pow(10, Math.floor(Math.log10(most)));
			double step = (most / magnitude < 2) ? magnitude / 5 : (most / magnitude < 5) ? magnitude / 2 : magnitude;
			List<Double> ticks = new ArrayList<>();
			for (int i = 0; (i - 1) * step < most; i++) {
				ticks.add(i * step);
			}
			return new Axis(ticks, start, end, false);
		}

		double at(double value) {
			double low = this.ticks.get(0);
			double high = this.ticks.get(this.ticks.size() - 1);
			double part = this.logarithmic ? Math.log10(value / low) / Math.log10(high / low)
					: (value - low) / (high - low);
			return this.start + part * (this.end - this.start);
		}

	}

}
