package dev.reactiveazure.tables.template;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableEntity;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.UpdateMode;
import dev.reactiveazure.tables.mapping.Discriminator;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.mapping.Timestamp;
import dev.reactiveazure.tables.mapping.Unmapped;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.ScanPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.annotation.Version;

import static dev.reactiveazure.tables.Awaited.await;
import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tables that several classes share, and rows that several versions of one share.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class SharedRowsTests extends TemplateFixture {

	private static final TableKey KEY = TableKey.of("a", "1");

	SharedRowsTests(TablesService service) {
		super(service);
	}

	@Test
	@Requirement("T11")
	void findsOnlyTheRowsOfTheClassInATableThatClassesShare() {
		this.template
			.saveAll(reactor.core.publisher.Flux.<Payment>just(new Card("ada", "1", "1234"), new Cash("ada", "2", 50),
					new Cash("ada", "3", 70), new Cash("eve", "4", 70)))
			.blockLast();

		assertThat(await(this.template.findAll(Cash.class).map(Cash::amount).collectList())).containsExactly(50, 70,
				70);
		assertThat(await(this.template.findAll(Payment.class).count())).isEqualTo(4);
		assertThat(await(this.template.count(Query.all(), Card.class))).isEqualTo(1);
		assertThat(await(this.template.query(Card.class)
			.matching(where(Card::customer).is("ada").and(Card::id).in("1", "2"))
			.all()
			.collectList())).containsExactly(new Card("ada", "1", "1234"));
		assertThat(await(this.template.query(Cash.class)
			.matching(where(Cash::customer).is("ada").and(Cash::id).is("1"))
			.exists())).isFalse();
		assertThat(await(this.template.query(Cash.class).limit(10).scroll(TableScrollPosition.start())).size())
			.isEqualTo(3);
		assertThat(await(this.template.find(Query.all().select("number"), Payment.class).collectList()))
			.contains(new Card("ada", "1", "1234"), new Cash("ada", "2", 0));
		assertThat(await(this.template.delete(Query.of(where(Cash::customer).is("ada")), Cash.class))).isEqualTo(2);
		assertThat(await(this.template.findAll(Payment.class).collectList()))
			.containsExactly(new Card("ada", "1", "1234"), new Cash("eve", "4", 70));
	}

	@Test
	void needsNoTableScanForAClassOfOnePartition() {
		TableTemplate strict = builder()
			.options(TableTemplateOptions.defaults().withCreateTables(true).withScanPolicy(ScanPolicy.REFUSE))
			.build();
		strict.insert(new Setting("colour", "red")).block();

		assertThat(await(strict.findAll(Setting.class).collectList())).containsExactly(new Setting("colour", "red"));
	}

	@Test
	@Requirement("T5")
	void takesTheModeOfTheClassUnlessTheCallSaysAnother() {
		this.template.insert(new Merged("a", "1", "x", "y")).block();

		this.template.update(new Merged("a", "1", null, "z")).block();
		assertThat(await(this.template.findByKey(KEY, Merged.class))).isEqualTo(new Merged("a", "1", "x", "z"));
		this.template.upsert(new Merged("a", "1", "w", null)).block();
		assertThat(await(this.template.findByKey(KEY, Merged.class))).isEqualTo(new Merged("a", "1", "w", "z"));
		this.template.inTransaction(List.of(TableWrite.update(new Merged("a", "1", null, "t")))).block();
		assertThat(await(this.template.findByKey(KEY, Merged.class))).isEqualTo(new Merged("a", "1", "w", "t"));
		this.template.update(new Merged("a", "1", null, "r"), UpdateMode.REPLACE).block();
		assertThat(await(this.template.findByKey(KEY, Merged.class))).isEqualTo(new Merged("a", "1", null, "r"));
	}

	@Test
	@Requirement("T5")
	void keepsColumnsThatAnOldClassDoesNotKnowWhereItHasAMapForThem() {
		this.template.insert(new NewOrder("a", "1", "x", 7, null)).block();

		OpenOrder open = await(this.template.findByKey(KEY, OpenOrder.class));
		OpenOrder updated = await(this.template.update(new OpenOrder("a", "1", "y", open.others(), open.etag())));
		this.template.modify(KEY, OpenOrder.class, (order) -> new OpenOrder("a", "1", "z", order.others(), null))
			.block();

		assertThat(updated.others()).isEqualTo(open.others()).containsEntry("points", 7);
		assertThat(await(this.template.findByKey(KEY, NewOrder.class)).points()).isEqualTo(7);
		assertThat(await(this.template.findByKey(KEY, NewOrder.class)).name()).isEqualTo("z");
	}

	@Test
	@Requirement("T5")
	void showsWhatHappensWhenTwoVersionsOfAClassAlternateOnARow() {
		this.template.insert(new NewOrder("a", "1", "x", 7, null)).block();

		this.template.modify(KEY, OldOrder.class, (order) -> new OldOrder("a", "1", "old", order.etag())).block();
		assertThat(await(this.template.findByKey(KEY, NewOrder.class)).points()).isNull();
		this.template.modify(KEY, NewOrder.class, (order) -> new NewOrder("a", "1", "new", 8, order.etag())).block();
		OldOrder old = await(this.template.findByKey(KEY, OldOrder.class));
		this.template.update(new OldOrder("a", "1", "merged", old.etag()), UpdateMode.MERGE).block();

		NewOrder found = await(this.template.findByKey(KEY, NewOrder.class));
		assertThat(found.name()).isEqualTo("merged");
		assertThat(found.points()).isEqualTo(8);
	}

	@Test
	void hasTheTimeOfTheVersionThatWasReadUntilItIsReadAgain() {
		Stamped inserted = await(this.template.insert(new Stamped("a", "1", "x", null, null)));
		Stamped read = await(this.template.findByKey(KEY, Stamped.class));

		Stamped updated = await(this.template.update(read.renamed("y")));

		assertThat(inserted.modified()).isNull();
		assertThat(updated.modified()).isNotNull().isEqualTo(read.modified());
		assertThat(updated.etag()).isNotEqualTo(read.etag());
		assertThat(await(this.template.findByKey(KEY, Stamped.class)).etag()).isEqualTo(updated.etag());
	}

	@Test
	void readsFormerNamesInProjections() {
		this.client.createTable(this.prefix + "renamed").block();
		this.client.getTableClient(this.prefix + "renamed")
			.upsert(TableEntity.builder(KEY).put("mail", "a@b").put("points", 3).build(), UpdateMode.REPLACE)
			.block();

		assertThat(await(this.template.query(Renamed.class).as(Mail.class).all().collectList()))
			.containsExactly(new Mail("a@b"));
		assertThat(await(this.client.getTableClient(this.prefix + "renamed").delete(KEY, MatchCondition.any())))
			.isTrue();
	}

	@Table("payments")
	@Discriminator("kind")
	sealed interface Payment permits Card, Cash {

		String customer();

		String id();

	}

	record Card(@PartitionKey String customer, @RowKey String id, String number) implements Payment {
	}

	record Cash(@PartitionKey String customer, @RowKey String id, int amount) implements Payment {
	}

	@Table(name = "settings", partitionKey = "settings")
	record Setting(@RowKey String name, String value) {
	}

	@Table(name = "merged", updateMode = UpdateMode.MERGE)
	record Merged(@PartitionKey String a, @RowKey String b, @Nullable String first, @Nullable String second) {
	}

	@Table("orders")
	record OldOrder(@PartitionKey String a, @RowKey String b, String name, @Version @Nullable String etag) {
	}

	@Table("orders")
	record NewOrder(@PartitionKey String a, @RowKey String b, String name, @Nullable Integer points,
			@Version @Nullable String etag) {
	}

	@Table("orders")
	record OpenOrder(@PartitionKey String a, @RowKey String b, String name, @Unmapped Map<String, Object> others,
			@Version @Nullable String etag) {
	}

	@Table("stamped")
	record Stamped(@PartitionKey String a, @RowKey String b, String name, @Timestamp @Nullable Instant modified,
			@Version @Nullable String etag) {

		Stamped renamed(String newName) {
			return new Stamped(this.a, this.b, newName, this.modified, this.etag);
		}

	}

	@Table("renamed")
	record Renamed(@PartitionKey String a, @RowKey String b,
			@dev.reactiveazure.tables.mapping.Property(aliases = "mail") @Nullable String email,
			@Nullable Integer points) {
	}

	record Mail(String email) {
	}

}
