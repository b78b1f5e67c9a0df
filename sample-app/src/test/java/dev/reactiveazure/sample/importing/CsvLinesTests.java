package dev.reactiveazure.sample.importing;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import dev.reactiveazure.sample.importing.CsvLine.Text;
import dev.reactiveazure.sample.importing.CsvLine.Unreadable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CsvLinesTests {

	@Test
	void joinsLinesWhereverBuffersEnd() {
		StepVerifier.create(CsvLines.of(buffers("1,a", "da,1\n2,", "bob", ",2\r", "\n3,eve,3")))
			.expectNext(new Text(1, "1,ada,1"), new Text(2, "2,bob,2"), new Text(3, "3,eve,3"))
			.verifyComplete();
	}

	@Test
	void joinsCharactersThatBuffersSplit() {
		byte[] bytes = "1,Zoë,1\n".getBytes(StandardCharsets.UTF_8);
		Flux<DataBuffer> single = Flux.range(0, bytes.length).map((i) -> buffer(new byte[] { bytes[i] }));
		StepVerifier.create(CsvLines.of(single)).expectNext(new Text(1, "1,Zoë,1")).verifyComplete();
	}

	@Test
	void skipsTheByteOrderMarkAndKeepsEmptyLinesCounted() {
		StepVerifier.create(CsvLines.of(buffers("\uFEFFid\n\n1\n")))
			.expectNext(new Text(1, "id"), new Text(2, ""), new Text(3, "1"))
			.verifyComplete();
	}

	@Test
	void reportsALineThatIsTooLongAndGoesOn() {
		StepVerifier.create(CsvLines.of(buffers("x".repeat(5000), "x".repeat(5000), "\n2\n")))
			.expectNext(new Unreadable(1, "The line is longer than 8192 bytes"), new Text(2, "2"))
			.verifyComplete();
	}

	@Test
	void reportsALineThatIsNotInUtf8AndGoesOn() {
		StepVerifier.create(CsvLines.of(Flux.just(buffer(new byte[] { (byte) 0xE4, '\n', '2', '\n' }))))
			.expectNext(new Unreadable(1, "The line is not in UTF-8"), new Text(2, "2"))
			.verifyComplete();
	}

	@Test
	void asksForTheNextBufferWhenLinesAreTaken() {
		AtomicInteger sent = new AtomicInteger();
		Flux<DataBuffer> endless = Flux
			.generate((sink) -> sink.next(buffer("1\n2\n".getBytes(StandardCharsets.UTF_8))));
		StepVerifier.create(CsvLines.of(endless.hide().doOnNext((buffer) -> sent.incrementAndGet())), 1)
			.expectNextCount(1)
			.then(() -> assertThat(sent).hasValue(1))
			.thenRequest(2)
			.expectNextCount(2)
			.then(() -> assertThat(sent).hasValueLessThanOrEqualTo(2))
			.thenCancel()
			.verify();
	}

	private static Flux<DataBuffer> buffers(String... texts) {
		return Flux.fromArray(texts).map((text) -> buffer(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static DataBuffer buffer(byte[] bytes) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
	}

}
