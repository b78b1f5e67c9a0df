package dev.reactiveazure.sample.importing;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of the lines of an import.
 *
 * @param imported how many orders were stored
 * @param existing how many were there already; they were kept, and announced again
 * @param failures how many lines became no order
 * @param failed the first of those lines, {@value #MAX_FAILED} at most
 */
public record ImportReport(long imported, long existing, long failures, List<FailedLine> failed) {

	static final int MAX_FAILED = 100;

	static final ImportReport EMPTY = new ImportReport(0, 0, 0, List.of());

	ImportReport plus(LineOutcome outcome) {
		if (outcome instanceof FailedLine line) {
			return new ImportReport(this.imported, this.existing, this.failures + 1, firstWith(line));
		}
		return (outcome == LineOutcome.Placed.IMPORTED)
				? new ImportReport(this.imported + 1, this.existing, this.failures, this.failed)
				: new ImportReport(this.imported, this.existing + 1, this.failures, this.failed);
	}

	private List<FailedLine> firstWith(FailedLine line) {
		return Stream.concat(this.failed.stream(), Stream.of(line))
			.sorted(Comparator.comparingLong(FailedLine::line))
			.limit(MAX_FAILED)
			.toList();
	}

}
