package dev.reactiveazure.benchmarks;

import java.nio.file.Path;
import java.util.List;

import dev.reactiveazure.benchmarks.measure.Result;
import dev.reactiveazure.benchmarks.stub.StubServer;
import dev.reactiveazure.benchmarks.worker.Catalogue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Starts real JVMs.
 */
class RaceTrackTests {

	private final Options options = Options.parse(
			List.of("--warm-up=0", "--rotations=2", "--operations=20", "--concurrency=2", "--contenders=limit"),
			Path.of("target", "unused.json"));

	@Test
	void measuresInAnotherProcess() {
		try (StubServer stub = StubServer.start()) {
			RacePlan plan = new RacePlan(new Catalogue(stub.address()), this.options.contenders(), null);

			Result result = new RaceTrack(this.options, stub.address(), (progress) -> {
			}).run(plan.race("insert"));

			assertThat(result.contenders()).containsExactly("limit");
			assertThat(result.samples().get("limit")).hasSize(2)
				.allSatisfy((sample) -> assertThat(sample.bytes()).isPositive());
		}
	}

	@Test
	void namesTheContenderThatFails() {
		StubServer stub = StubServer.start();
		stub.close();
		RacePlan plan = new RacePlan(new Catalogue(stub.address()), this.options.contenders(), null);
		RaceTrack track = new RaceTrack(this.options, stub.address(), (progress) -> {
		});

		assertThatIllegalStateException().isThrownBy(() -> track.run(plan.race("insert")))
			.withMessageContaining("limit failed: CHECK limit");
	}

}
