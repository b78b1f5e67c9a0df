package dev.reactiveazure.sample.importing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CsvFieldsTests {

	@Test
	void splitsAtCommasAndStripsBlanks() {
		assertThat(CsvFields.of(" 1 , ada,12.50")).containsExactly("1", "ada", "12.50");
		assertThat(CsvFields.of("1,,")).containsExactly("1", "", "");
	}

	@Test
	void keepsCommasAndQuotesOfQuotedFields() {
		assertThat(CsvFields.of("1, \"Smith, \"\"Jo\"\"\" ,2")).containsExactly("1", "Smith, \"Jo\"", "2");
		assertThat(CsvFields.of("\"\",\"a\"")).containsExactly("", "a");
	}

	@Test
	void refusesQuotesThatDoNotFit() {
		assertThatIllegalArgumentException().isThrownBy(() -> CsvFields.of("1,\"ada,2"))
			.withMessage("A double quote is not closed");
		assertThatIllegalArgumentException().isThrownBy(() -> CsvFields.of("1,\"ada\"x,2"))
			.withMessage("There is text after a closing double quote");
	}

}
