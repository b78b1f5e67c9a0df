package dev.reactiveazure.emulator.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeTests {

	private final AtomicInteger inProgress = new AtomicInteger();

	private final Exchange exchange = new Exchange(this.inProgress);

	private final List<String> books = new ArrayList<>();

	@Test
	void losesAnAnswerThatComesWhileItEnds() {
		this.exchange.answered(answer("first").onLost(() -> this.exchange.answered(answer("second"))));
		this.exchange.end();
		assertThat(this.books).containsExactly("first lost", "second lost");
		assertThat(this.inProgress).hasValue(0);
	}

	@Test
	void neverCallsAnAnswerBothLostAndSent() {
		this.exchange.answered(answer("first").onLost(this.exchange::sent));
		this.exchange.end();
		this.exchange.sent();
		assertThat(this.books).containsExactly("first lost");
	}

	@Test
	void countsAsInProgressUntilTheBooksAreRight() {
		this.exchange.answered(
				EmulatorResponse.status(200).onLost(() -> this.books.add("in progress: " + this.inProgress.get())));
		this.exchange.end();
		this.exchange.end();
		assertThat(this.books).containsExactly("in progress: 1");
		assertThat(this.inProgress).hasValue(0);
	}

	@Test
	void isNotCountedWhileItIsParked() {
		this.exchange.park();
		this.exchange.park();
		assertThat(this.inProgress).hasValue(0);
		this.exchange.resume();
		this.exchange.resume();
		assertThat(this.inProgress).hasValue(1);
		this.exchange.park();
		this.exchange.end();
		this.exchange.resume();
		assertThat(this.inProgress).hasValue(0);
	}

	private EmulatorResponse answer(String name) {
		return EmulatorResponse.status(200)
			.onSent(() -> this.books.add(name + " sent"))
			.onLost(() -> this.books.add(name + " lost"));
	}

}
