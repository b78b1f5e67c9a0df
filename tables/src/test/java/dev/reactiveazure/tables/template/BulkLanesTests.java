package dev.reactiveazure.tables.template;

import java.util.Objects;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.PreparedWrite.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import org.springframework.util.function.SingletonSupplier;

import static org.assertj.core.api.Assertions.assertThat;

class BulkLanesTests {

	private static final int LARGEST = 1000;

	private final TableServiceClient client = TableServiceClient.builder()
		.connectionString("UseDevelopmentStorage=true")
		.build();

	private final MappedTable<Item> table = new MappedTables(this.client,
			SingletonSupplier.of(TableMappingContext::new), TableNameResolver.asMapped())
		.of(Item.class, Context.empty());

	private final BulkLanes<Item> lanes = new BulkLanes<>(true, 3, LARGEST);

	private long index;

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	@Requirement("T26")
	void closesAChunkThatIsFull() {
		add("a", "1", 10);
		add("a", "2", 10);
		assertThat(this.lanes.next()).isNull();
		add("a", "3", 10);

		assertThat(next().size()).isEqualTo(3);
	}

	@Test
	@Requirement("T26")
	void closesAChunkThatTheNextWriteWouldMakeTooLarge() {
		add("a", "1", 600);
		add("a", "2", 401);

		assertThat(next().size()).isEqualTo(1);
	}

	@Test
	@Requirement("T26")
	void takesAWriteThatIsTooLargeForAnyChunkAlone() {
		add("a", "1", 5000);
		add("a", "2", 1);

		assertThat(next().bytes()).isEqualTo(5000);
	}

	@Test
	@Requirement("T26")
	void putsTheSecondWriteToAnEntityIntoTheNextChunk() {
		add("a", "1", 1);
		add("a", "1", 1);

		assertThat(next().items().get(0).index()).isZero();
	}

	@Test
	@Requirement("T26")
	void holdsTheNextChunkOfAPartitionBackUntilTheLastIsDone() {
		for (int i = 0; i < 6; i++) {
			add("a", "r" + i, 1);
		}
		BulkChunk<Item> first = next();

		assertThat(this.lanes.next()).isNull();
		assertThat(this.lanes.closeOldest()).isFalse();
		this.lanes.done(first);
		BulkChunk<Item> second = next();
		this.lanes.done(second);

		assertThat(second.items().get(0).index()).isEqualTo(3);
		assertThat(this.lanes.isEmpty()).isTrue();
	}

	@Test
	void sendsChunksOfAPartitionTogetherWhereTheOrderDoesNotMatter() {
		BulkLanes<Item> unordered = new BulkLanes<>(false, 1, LARGEST);
		unordered.add(item("a", "1", 1), LARGEST, 0);
		unordered.add(item("a", "2", 1), LARGEST, 0);

		assertThat(unordered.next()).isNotNull();
		assertThat(unordered.next()).isNotNull();
	}

	@Test
	void closesTheOldestThatCanBeSent() {
		add("a", "1", 1);
		add("b", "1", 1);

		assertThat(this.lanes.closeOldest()).isTrue();
		BulkChunk<Item> oldest = next();
		add("a", "2", 1);
		assertThat(this.lanes.closeOldest()).isTrue();

		assertThat(oldest.items().get(0).prepared().key().partitionKey()).isEqualTo("a");
		assertThat(next().items().get(0).prepared().key().partitionKey()).isEqualTo("b");
		assertThat(this.lanes.closeOldest()).isFalse();
	}

	private BulkChunk<Item> next() {
		return Objects.requireNonNull(this.lanes.next());
	}

	private void add(String partition, String row, int bytes) {
		this.lanes.add(item(partition, row, bytes), LARGEST, this.index);
	}

	private BulkItem<Item> item(String partition, String row, int bytes) {
		Item entity = new Item(partition, row);
		PreparedWrite<Item> prepared = new PreparedWrite<>(Action.INSERT, this.table, TableKey.of(partition, row),
				entity, UpdateMode.REPLACE, null);
		return new BulkItem<>(this.index++, TableWrite.insert(entity), prepared, bytes);
	}

	record Item(@PartitionKey String a, @RowKey String b) {
	}

}
