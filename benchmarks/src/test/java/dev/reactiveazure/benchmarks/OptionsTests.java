package dev.reactiveazure.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.reactiveazure.benchmarks.measure.Plan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionsTests {

	@Test
	void measuresEverythingAfterHalfAMinuteOfWarmUpByDefault() {
		Options options = parse();

		assertThat(options.works()).startsWith("insert-one-jvm", "get-one-jvm", "insert", "get")
			.contains("publish100", "receive", "listener");
		assertThat(options.plan()).isEqualTo(new Plan(Duration.ofSeconds(30), 7, 20000, 50));
		assertThat(options.quick()).isFalse();
		assertThat(options.tls()).isFalse();
	}

	@Test
	void letsSingleOptionsOutrankQuickWhereverItStands() {
		Options options = parse("get", "--rotations=2", "--quick");

		assertThat(options.works()).containsExactly("get");
		assertThat(options.plan().rotations()).isEqualTo(2);
		assertThat(options.plan().warmUp()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void measuresThreeWorksOverTls() {
		Options options = parse("--tls", "--check");

		assertThat(options.tls()).isTrue();
		assertThat(options.check()).isTrue();
		assertThat(options.works()).containsExactly("insert", "query", "receive");
	}

	@Test
	void namesTheWordItDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> parse("insrt")).withMessageContaining("'insrt'");
		assertThatIllegalArgumentException().isThrownBy(() -> parse("--rotations=many"))
			.withMessageContaining("'--rotations=many'");
	}

	private static Options parse(String... args) {
		return Options.parse(List.of(args), Path.of("out.json"));
	}

}
