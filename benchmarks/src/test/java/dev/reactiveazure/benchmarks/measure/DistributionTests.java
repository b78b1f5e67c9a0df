package dev.reactiveazure.benchmarks.measure;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DistributionTests {

	@Test
	void takesTheMiddleOfAnOddNumberOfValuesInAnyOrder() {
		assertThat(Distribution.of(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5.0);
	}

	@Test
	void takesTheMeanOfTheTwoMiddleValuesOfAnEvenNumber() {
		assertThat(Distribution.of(List.of(4.0, 1.0, 2.0, 10.0)).median()).isEqualTo(3.0);
	}

	@Test
	void interpolatesQuartilesBetweenNeighbours() {
		Distribution distribution = Distribution.of(List.of(1.0, 2.0, 3.0, 4.0));

		assertThat(distribution.lowerQuartile()).isEqualTo(1.75);
		assertThat(distribution.upperQuartile()).isEqualTo(3.25);
	}

	@Test
	void isItsOnlyValueEverywhere() {
		Distribution distribution = Distribution.of(List.of(7.0));

		assertThat(distribution.lowerQuartile()).isEqualTo(7.0);
		assertThat(distribution.median()).isEqualTo(7.0);
		assertThat(distribution.upperQuartile()).isEqualTo(7.0);
	}

	@Test
	void refusesToDescribeNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(List.of()));
	}

}
