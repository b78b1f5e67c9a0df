package dev.reactiveazure.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FirstUseTests {

	private final List<String> events = new ArrayList<>();

	private final FirstUse<String> part = new FirstUse<>(() -> {
		this.events.add("made");
		return "part";
	}, (part) -> this.events.add("closed"));

	@Test
	void makesThePartOnceAndNotBeforeItIsNeeded() {
		assertThat(this.events).isEmpty();
		assertThat(this.part.get()).isSameAs(this.part.get());
		assertThat(this.events).containsExactly("made");
	}

	@Test
	void closesAPartThatWasMadeOnce() {
		this.part.get();
		this.part.close();
		this.part.close();
		assertThat(this.events).containsExactly("made", "closed");
	}

	@Test
	void makesNothingToCloseIt() {
		this.part.close();
		assertThat(this.events).isEmpty();
	}

	@Test
	void closesAPartThatIsNeededAfterTheEnd() {
		this.part.close();
		this.part.get();
		this.part.close();
		assertThat(this.events).containsExactly("made", "closed");
	}

	@Test
	void closesAPartThatIsBeingMadeWhenTheEndComes() {
		CompletableFuture<String> begun = new CompletableFuture<>();
		CompletableFuture<String> ready = new CompletableFuture<>();
		FirstUse<String> slow = new FirstUse<>(() -> {
			begun.complete("begun");
			return ready.join();
		}, this.events::add);
		CompletableFuture<String> made = CompletableFuture.supplyAsync(slow::get).orTimeout(10, TimeUnit.SECONDS);
		CompletableFuture<String> closed = begun.thenApplyAsync((now) -> {
			slow.close();
			return "closed";
		}).orTimeout(10, TimeUnit.SECONDS);
		begun.orTimeout(10, TimeUnit.SECONDS).join();
		ready.complete("part");
		assertThat(made.join()).isEqualTo("part");
		assertThat(closed.join()).isEqualTo("closed");
		assertThat(this.events).containsExactly("part");
	}

	@Test
	void triesAgainWhereThePartCouldNotBeMade() {
		FirstUse<String> failing = new FirstUse<>(() -> {
			this.events.add("tried");
			if (this.events.size() == 1) {
				throw new IllegalStateException("not yet");
			}
			return "part";
		}, (part) -> this.events.add("closed"));
		assertThatIllegalStateException().isThrownBy(failing::get);
		assertThat(failing.get()).isEqualTo("part");
	}

}
