package dev.reactiveazure.benchmarks.worker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CommandTests {

	@Test
	void isReadAsItWasWritten() {
		Command command = new Command(Command.Verb.MEASURE, "client-prepared", 20000);

		assertThat(command.toLine()).isEqualTo("MEASURE client-prepared 20000");
		assertThat(Command.parse(command.toLine())).isEqualTo(command);
	}

	@Test
	void namesTheLineItCanNotRead() {
		assertThatIllegalArgumentException().isThrownBy(() -> Command.parse("MEASURE client"))
			.withMessageContaining("'MEASURE client'");
	}

}
