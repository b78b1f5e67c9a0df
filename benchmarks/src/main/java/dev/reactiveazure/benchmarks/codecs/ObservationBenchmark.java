package dev.reactiveazure.benchmarks.codecs;

import java.util.concurrent.TimeUnit;

import dev.reactiveazure.benchmarks.measure.Observations;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.AzureEndpoint;
import dev.reactiveazure.core.AzureOperationContext;
import dev.reactiveazure.tables.DefaultTablesObservationConvention;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableServiceClient;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to observe a call: an observation with constant keys in Micrometer's own
 * context, the floor; one of a call to the Table service; and whole calls over a
 * connector that answers from memory, with and without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ObservationBenchmark {

	private static final String JSON = "application/json;odata=minimalmetadata;charset=utf-8";

	private final ObservationRegistry registry = Observations.metered();

	private final ObservationConvention<Observation.Context> constant = new Constant("a.b", true);

	private final ObservationConvention<Observation.Context> keyless = new Constant("a.c", false);

	private final ObservationConvention<AzureOperationContext> tables = new DefaultTablesObservationConvention();

	private final AzureEndpoint endpoint = new AzureEndpoint("http://127.0.0.1:10002/devstoreaccount1");

	private final TableClient plain = client(ObservationRegistry.NOOP);

	private final TableClient observed = client(this.registry);

	private static TableClient client(ObservationRegistry registry) {
		return TableServiceClient.builder()
			.endpoint("http://127.0.0.1:10002/devstoreaccount1")
			.credential(new AzureCredential.SharedKey("devstoreaccount1", "c2VjcmV0"))
			.connector(MemoryConnector.answering(200, JSON,
					Bodies.get("/devstoreaccount1/orders(PartitionKey='a',RowKey='b')")))
			.observationRegistry(registry)
			.build()
			.getTableClient("orders");
	}

	@Benchmark
	public Observation micrometerWithoutKeys() {
		Observation observation = Observation.createNotStarted(null, this.keyless, Observation.Context::new,
				this.registry);
		observation.start().stop();
		return observation;
	}

	@Benchmark
	public Observation micrometerWithConstantKeys() {
		Observation observation = Observation.createNotStarted(null, this.constant, Observation.Context::new,
				this.registry);
		observation.start().stop();
		return observation;
	}

	@Benchmark
	public Observation micrometerWithConstantKeysInAScope() {
		Observation observation = Observation.createNotStarted(null, this.constant, Observation.Context::new,
				this.registry);
		observation.start();
		observation.openScope().close();
		observation.stop();
		return observation;
	}

	@Benchmark
	public Observation ours() {
		AzureOperationContext context = new AzureOperationContext(Kind.CLIENT, "insert", "orders", this.endpoint);
		Observation observation = Observation.createNotStarted(null, this.tables, () -> context, this.registry).start();
		context.attempted(1);
		context.answered(204, null, "9d0c3b0a-6d0f-4b0e-9d1a-2c7f3f6a5e41");
		observation.stop();
		return observation;
	}

	@Benchmark
	public @Nullable Object getPlain() {
		return this.plain.get("a", "b").block();
	}

	@Benchmark
	public @Nullable Object getObserved() {
		return this.observed.get("a", "b").block();
	}

	private static final class Constant implements ObservationConvention<Observation.Context> {

		private final String name;

		private final KeyValues low;

		private final KeyValues high;

		Constant(String name, boolean keys) {
			this.name = name;
			this.low = keys ? KeyValues.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5", "f", "6", "g", "7")
					: KeyValues.empty();
			this.high = keys ? KeyValues.of("h", "1", "i", "2", "j", "3") : KeyValues.empty();
		}

		@Override
		public String getName() {
			return this.name;
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
			return this.low;
		}

		@Override
		public KeyValues getHighCardinalityKeyValues(Observation.Context context) {
			return this.high;
		}

	}

}
