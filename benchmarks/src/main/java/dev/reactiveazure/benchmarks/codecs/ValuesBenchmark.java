package dev.reactiveazure.benchmarks.codecs;

import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.PercentEncoding;
import dev.reactiveazure.core.pipeline.Timestamps;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One value: our readers and writers of dates, numbers, text and URIs beside those of the
 * JDK, Jackson and Spring.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValuesBenchmark {

	private static final String DATE = "2026-11-22T05:30:47.1234567Z";

	private static final String TEXT = "Ring twice, then wait for Ada at the back door";

	private static final String KEY = "customer-0042 / Ärger";

	private final Instant instant = Instant.parse(DATE);

	private final UUID guid = UUID.fromString("1a2b3c4d-5e6f-4a7b-8c9d-00000000002a");

	private final ByteSink sink = new ByteSink();

	private final JsonWriter writer = new JsonWriter(this.sink);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private long number = 4_200_000_042L;

	private double amount = 52.25;

	@Benchmark
	public Instant dateReadOurs() {
		return Timestamps.parse(DATE);
	}

	@Benchmark
	public Instant dateReadPlain() {
		return OffsetDateTime.parse(DATE).toInstant();
	}

	@Benchmark
	public String dateWriteOurs() {
		return Timestamps.format(this.instant);
	}

	@Benchmark
	public String dateWritePlain() {
		return DateTimeFormatter.ISO_INSTANT.format(this.instant);
	}

	@Benchmark
	public String percentEncodeOurs() {
		return PercentEncoding.encode(KEY);
	}

	@Benchmark
	public String percentEncodePlain() {
		return UriUtils.encode(KEY, UTF_8);
	}

	/**
	 * An array of ten numbers of each kind, ten texts and ten GUIDs.
	 */
	@Benchmark
	public int valuesWriteOurs() {
		this.sink.reset();
		this.writer.reset();
		this.writer.beginArray();
		for (int i = 0; i < 10; i++) {
			this.writer.value(this.number + i).value(this.amount + i).value(TEXT).guid(this.guid);
		}
		this.writer.endArray();
		return this.sink.length();
	}

	/**
	 * The same by Jackson's generator.
	 */
	@Benchmark
	public int valuesWritePlain() {
		this.sink.reset();
		OutputStream target = this.sink;
		try (JsonGenerator generator = this.mapper.createGenerator(target)) {
			generator.writeStartArray();
			for (int i = 0; i < 10; i++) {
				generator.writeNumber(this.number + i);
				generator.writeNumber(this.amount + i);
				generator.writeString(TEXT);
				generator.writeString(this.guid.toString());
			}
			generator.writeEndArray();
		}
		return this.sink.length();
	}

}
