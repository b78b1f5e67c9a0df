package dev.reactiveazure.eventgrid.listener;

import java.time.Duration;
import java.util.List;

import dev.reactiveazure.eventgrid.ReleaseDelay;
import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * For how long events are released after errors.
 */
class ReleaseLadderTests {

	@Test
	@Requirement("L13")
	void takesTheDelayThatIsNextToTheOneAskedFor() {
		assertThat(ReleaseLadder.nearest(Duration.ofSeconds(4))).isEqualTo(ReleaseDelay.NONE);
		assertThat(ReleaseLadder.nearest(Duration.ofSeconds(20))).isEqualTo(ReleaseDelay.TEN_SECONDS);
		assertThat(ReleaseLadder.nearest(Duration.ofMinutes(5))).isEqualTo(ReleaseDelay.ONE_MINUTE);
		assertThat(ReleaseLadder.nearest(Duration.ofMinutes(20))).isEqualTo(ReleaseDelay.TEN_MINUTES);
		assertThat(ReleaseLadder.nearest(Duration.ofDays(1))).isEqualTo(ReleaseDelay.ONE_HOUR);
	}

	@Test
	void repeatsTheLastDelay() {
		ReleaseLadder ladder = new ReleaseLadder(List.of(Duration.ZERO, Duration.ofSeconds(10)));
		assertThat(ladder.dispositionFor(ScriptedBroker.event("t", 1)))
			.isEqualTo(Disposition.release(ReleaseDelay.NONE));
		assertThat(ladder.dispositionFor(ScriptedBroker.event("t", 2)))
			.isEqualTo(Disposition.release(ReleaseDelay.TEN_SECONDS));
		assertThat(ladder.dispositionFor(ScriptedBroker.event("t", 9)))
			.isEqualTo(Disposition.release(ReleaseDelay.TEN_SECONDS));
	}

	@Test
	@Requirement("L13")
	void makesTenDeliveriesLastFourHoursByDefault() {
		ReleaseLadder ladder = new ReleaseLadder(ContainerOptions.defaults().failures().releaseDelays());
		Duration all = Duration.ZERO;
		for (int delivery = 1; delivery < 10; delivery++) {
			Disposition disposition = ladder.dispositionFor(ScriptedBroker.event("t", delivery));
			all = all.plus(((Disposition.Release) disposition).delay().duration());
		}
		assertThat(all).isGreaterThanOrEqualTo(Duration.ofHours(4));
	}

	@Test
	void refusesNegativeDelaysByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ReleaseLadder(List.of(Duration.ofSeconds(-1))))
			.withMessageContaining("releaseDelays");
	}

}
