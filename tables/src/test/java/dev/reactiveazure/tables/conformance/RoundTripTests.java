package dev.reactiveazure.tables.conformance;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.azure.data.tables.TableAsyncClient;
import com.azure.data.tables.TableClientBuilder;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.conformance.RandomRows.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one client writes the other reads, whatever it is. With
 * {@code -Droundtrip.entities=10000 -Dtest=RoundTripTests} as long as one likes.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class RoundTripTests extends TableFixture {

	private static final int COUNT = Integer.getInteger("roundtrip.entities", 300);

	private static final long SEED = Long.getLong("roundtrip.seed", 20261122);

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	RoundTripTests(TablesService service) {
		super(service);
	}

	private TableAsyncClient microsoft() {
		return new TableClientBuilder().connectionString(this.service.connectionString())
			.tableName(this.tableName)
			.buildAsyncClient();
	}

	@Test
	void microsoftsClientReadsWhatOursWrites() {
		List<Row> rows = new RandomRows(SEED).next(COUNT);

		Flux.fromIterable(rows).map(RoundTripTests::ours).flatMap(this.table::insert, 16).blockLast(PATIENCE);

		List<Row> read = microsoft().listEntities()
			.map((entity) -> new Row(entity.getPartitionKey(), entity.getRowKey(), values(entity.getProperties())))
			.collectList()
			.block(PATIENCE);
		assertSame(rows, read, Writer.OURS);
	}

	@Test
	void oursReadsWhatMicrosoftsClientWrites() {
		List<Row> rows = new RandomRows(SEED + 1).next(COUNT);
		TableAsyncClient microsoft = microsoft();

		Flux.fromIterable(rows)
			.map(RoundTripTests::microsofts)
			.flatMap(microsoft::createEntity, 16)
			.blockLast(PATIENCE);

		List<Row> read = this.table.query(TableQuery.all())
			.map((entity) -> new Row(entity.partitionKey(), entity.rowKey(), entity.properties()))
			.collectList()
			.block(PATIENCE);
		assertSame(rows, read, Writer.MICROSOFT);
	}

	@Test
	void oursReadsWhatItWrites() {
		List<Row> rows = new RandomRows(SEED + 2).next(COUNT);

		Flux.fromIterable(rows).map(RoundTripTests::ours).flatMap(this.table::insert, 16).blockLast(PATIENCE);

		List<Row> read = Flux.fromIterable(rows)
			.flatMap((row) -> this.table.get(row.partitionKey(), row.rowKey()), 16)
			.map((entity) -> new Row(entity.partitionKey(), entity.rowKey(), entity.properties()))
			.collectList()
			.block(PATIENCE);
		assertSame(rows, read, Writer.OURS);
	}

	private static TableEntity ours(Row row) {
		TableEntity.Builder builder = TableEntity.builder(row.partitionKey(), row.rowKey());
		row.properties().forEach(builder::put);
		return builder.build();
	}

	private static com.azure.data.tables.models.TableEntity microsofts(Row row) {
		var entity = new com.azure.data.tables.models.TableEntity(row.partitionKey(), row.rowKey());
		row.properties()
			.forEach((name, value) -> entity.addProperty(name,
					(value instanceof Instant moment) ? moment.atOffset(ZoneOffset.UTC) : value));
		return entity;
	}

	private static Map<String, Object> values(Map<String, Object> properties) {
		Map<String, Object> values = new LinkedHashMap<>();
		properties.forEach((name, value) -> {
			boolean ofTheService = name.startsWith("odata.") || name.contains("@")
					|| List.of("PartitionKey", "RowKey", "Timestamp").contains(name);
			if (!ofTheService) {
				values.put(name, (value instanceof OffsetDateTime moment) ? moment.toInstant() : value);
			}
		});
		return values;
	}

	private void assertSame(List<Row> written, @Nullable List<Row> read, Writer writer) {
		Map<List<String>, Row> byKey = new HashMap<>();
		Objects.requireNonNull(read).forEach((row) -> byKey.put(List.of(row.partitionKey(), row.rowKey()), row));
		List<String> differences = new ArrayList<>();
		for (Row row : written) {
			Row found = byKey.remove(List.of(row.partitionKey(), row.rowKey()));
			if (found == null) {
				differences.add("lost " + row);
				continue;
			}
			compare(row, found, writer, differences);
		}
		byKey.values().forEach((row) -> differences.add("surplus " + row));
		assertThat(differences).as("seed %d", SEED).isEmpty();
	}

	private void compare(Row written, Row read, Writer writer, List<String> differences) {
		if (!written.properties().keySet().equals(read.properties().keySet())) {
			differences.add("names " + written.properties().keySet() + " -> " + read.properties().keySet());
			return;
		}
		written.properties().forEach((name, value) -> {
			Object found = Objects.requireNonNull(read.properties().get(name));
			if (!Objects.deepEquals(value, found) && !isKnown(value, found, writer)) {
				differences.add(name + " " + value.getClass().getSimpleName() + " " + value + " -> "
						+ found.getClass().getSimpleName() + " " + found);
			}
		});
	}

	/**
	 * Whether a difference is one of those that have a name.
	 */
	private boolean isKnown(Object value, Object found, Writer writer) {
		if (writer == Writer.OURS) {
			return false;
		}
		boolean wholeAsInteger = value instanceof Double number && number == Math.rint(number)
				&& found instanceof Number integer && integer.doubleValue() == number;
		return MicrosoftDeviation.UNTYPED_NAN_IS_TEXT.explains(value, found)
				|| (wholeAsInteger && AzuriteDeviation.UNTYPED_WHOLE_DOUBLE_IS_INT32.isIn(this.service));
	}

	private enum Writer {

		OURS, MICROSOFT

	}

}
