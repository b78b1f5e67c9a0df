package dev.reactiveazure.benchmarks.codecs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.tables.Order;
import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.tables.TableClient;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.template.TableTemplate;
import dev.reactiveazure.tables.template.TableWrite;
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
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Rows: whole calls of our client and template over a connector that answers from memory,
 * so request building, signing and codec, beside what Jackson takes for the JSON alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TablesBenchmark {

	private static final String ACCOUNT = "devstoreaccount1";

	private static final String CUSTOMER = "customer-0000";

	private static final String ID = "order-00000000";

	private static final String JSON = "application/json;odata=minimalmetadata;charset=utf-8";

	private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {
	};

	private final byte[] row = Bodies.get("/devstoreaccount1/orders(PartitionKey='a',RowKey='b')");

	private final byte[] uniform = Bodies.get("/devstoreaccount1/uniform1()");

	private final byte[] mixed = Bodies.get("/devstoreaccount1/mixed1()");

	private final byte[] batch = Bodies.post("/devstoreaccount1/$batch");

	private final TableTemplate inserting = template(204, JSON, new byte[0]);

	private final TableTemplate getting = template(200, JSON, this.row);

	private final TableTemplate findingUniform = template(200, JSON, this.uniform);

	private final TableTemplate findingMixed = template(200, JSON, this.mixed);

	private final TableTemplate transacting = template(202, "multipart/mixed; boundary=batchresponse_1", this.batch);

	private final TableClient entity = service(200, JSON, this.row, signed()).getTableClient("orders");

	private final TableClient unsignedEntity = service(200, JSON, this.row, new AzureCredential.Sas("sv=1&sig=x"))
		.getTableClient("orders");

	private final TableClient entities = service(200, JSON, this.uniform, signed()).getTableClient("orders");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Order order = Order.numbered(42);

	private final List<TableWrite<Order>> hundred = IntStream.range(0, 100)
		.mapToObj(TablesBenchmark::ofOnePartition)
		.map(TableWrite::insert)
		.toList();

	private static Order ofOnePartition(int number) {
		Order order = Order.numbered(number);
		return new Order("customer-0000", order.id(), order.number(), order.total(), order.tax(), order.quantity(),
				order.priority(), order.paid(), order.express(), order.placedAt(), order.shippedAt(), order.reference(),
				order.status(), order.currency(), order.city(), order.email(), order.note());
	}

	private static AzureCredential signed() {
		return new AzureCredential.SharedKey(ACCOUNT, "c2VjcmV0");
	}

	private static TableServiceClient service(int status, String contentType, byte[] body, AzureCredential credential) {
		return TableServiceClient.builder()
			.endpoint("http://127.0.0.1:10002/" + ACCOUNT)
			.credential(credential)
			.connector(MemoryConnector.answering(status, contentType, body))
			.build();
	}

	private static TableTemplate template(int status, String contentType, byte[] body) {
		return new TableTemplate(service(status, contentType, body, signed()), new TableMappingContext());
	}

	@Benchmark
	public @Nullable Object insertOurs() {
		return this.inserting.insert(this.order).block();
	}

	@Benchmark
	public @Nullable Object insertJacksonOnly() {
		return this.mapper.writeValueAsBytes(this.order);
	}

	@Benchmark
	public @Nullable Object getRecordOurs() {
		return this.getting.findByKey(CUSTOMER, ID, Order.class).block();
	}

	@Benchmark
	public @Nullable Object getEntityOurs() {
		return this.entity.get(CUSTOMER, ID).block();
	}

	/**
	 * The same without a signature to compute: the difference is signing.
	 */
	@Benchmark
	public @Nullable Object getEntityOursUnsigned() {
		return this.unsignedEntity.get(CUSTOMER, ID).block();
	}

	@Benchmark
	public @Nullable Object getJacksonOnly() {
		return this.mapper.readValue(this.row, MAP);
	}

	@Benchmark
	public @Nullable Object pageOfRecordsOurs() {
		return this.findingUniform.find(Query.all().allowTableScan(), Order.class).then().block();
	}

	@Benchmark
	public @Nullable Object pageOfMixedRecordsOurs() {
		return this.findingMixed.find(Query.all().allowTableScan(), Order.class).then().block();
	}

	@Benchmark
	public @Nullable TableEntity pageOfEntitiesOurs() {
		return this.entities.query(TableQuery.all()).last().block();
	}

	@Benchmark
	public JsonNode pageJacksonTreeOnly() {
		return this.mapper.readTree(this.uniform);
	}

	@Benchmark
	public JsonNode pageOfMixedJacksonTreeOnly() {
		return this.mapper.readTree(this.mixed);
	}

	/**
	 * A hundred inserts written, and their hundred results read.
	 */
	@Benchmark
	public @Nullable Object transactionOurs() {
		return this.transacting.inTransaction(this.hundred).block();
	}

	/**
	 * The results alone, as text cut into parts and lines.
	 */
	@Benchmark
	public List<String> transactionAnswerPlain() {
		List<String> etags = new ArrayList<>();
		for (String part : new String(this.batch, UTF_8).split("--changesetresponse_1")) {
			for (String line : part.split("\r\n")) {
				if (line.toLowerCase(Locale.ROOT).startsWith("etag:")) {
					etags.add(line.substring(5).trim());
				}
			}
		}
		return etags;
	}

}
