package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.tables.template.TableExceptionTranslator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.dao.DuplicateKeyException;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ParameterizedClass(name = "{0}")
@EnumSource(TablesService.class)
class TransactionTests {

	private final String tableName = "x" + UUID.randomUUID().toString().replace("-", "");

	private final TableServiceClient client;

	private final TableClient table;

	TransactionTests(TablesService service) {
		this.client = service.client();
		this.table = this.client.getTableClient(this.tableName);
	}

	@BeforeEach
	void createTable() {
		this.client.createTable(this.tableName).block();
	}

	@AfterEach
	void close() {
		this.client.deleteTable(this.tableName).block();
		this.client.close();
	}

	@Test
	void carriesOutEveryKindOfOperationTogether() {
		TableEntity replaced = await(this.table.insert(entity("replaced", 1)));
		TableEntity merged = await(this.table.insert(entity("merged", 1)));
		TableEntity deleted = await(this.table.insert(entity("deleted", 1)));
		this.table.insert(entity("forced", 1)).block();

		TransactionResult result = await(this.table.transaction()
			.insert(entity("it's + new", 2))
			.replace(replaced.toBuilder().put("n", null).put("m", 2).build())
			.merge(TableEntity.builder("p", "merged").put("m", 2).etag(merged.etag()).build())
			.upsert(entity("upserted", 2), UpdateMode.REPLACE)
			.upsert(entity("upserted too", 2), UpdateMode.MERGE)
			.delete(deleted)
			.delete(TableKey.of("p", "forced"), MatchCondition.any())
			.submit());

		List<TableEntity> stored = await(this.table.query(TableQuery.all()).collectList());
		assertThat(stored).extracting(TableEntity::rowKey)
			.containsExactlyInAnyOrder("it's + new", "replaced", "merged", "upserted", "upserted too");
		assertThat(await(this.table.get("p", "replaced")).properties()).containsOnlyKeys("m");
		assertThat(await(this.table.get("p", "merged")).properties()).containsOnlyKeys("n", "m");
		assertThat(result.size()).isEqualTo(7);
		assertThat(result.etag(5)).isNull();
		assertThat(result.entity(5, TableEntity.class)).isNull();
		assertThat(result.entities(TableEntity.class)).hasSize(5)
			.allSatisfy((written) -> assertThat(written.etag()).isEqualTo(await(this.table.get(written.key())).etag()));
	}

	@Test
	@Requirement("T28")
	void saysWhichOperationFailedAndChangesNothing() {
		this.table.insert(entity("taken", 1)).block();

		StepVerifier.create(this.table.transaction().insert(entity("new", 2)).insert(entity("taken", 2)).submit())
			.expectErrorSatisfies((error) -> {
				assertThat(error).isInstanceOf(TransactionFailedException.class)
					.hasCauseInstanceOf(AlreadyExistsException.class)
					.hasMessageContaining("submit transaction")
					.hasMessageContaining("operation 1 (insert 'p' / 'taken')");
				TransactionFailedException failure = (TransactionFailedException) error;
				assertThat(failure.operationIndex()).isEqualTo(1);
				assertThat(failure.key()).isEqualTo(TableKey.of("p", "taken"));
				assertThat(failure.code()).isEqualTo("EntityAlreadyExists");
				assertThat(failure.error().status()).isEqualTo(409);
				assertThat(new TableExceptionTranslator().translateExceptionIfPossible(failure))
					.isInstanceOf(DuplicateKeyException.class)
					.hasMessageContaining("operation 1")
					.hasCause(failure);
			})
			.verify();
		assertThat(await(this.table.query(TableQuery.all()).count())).isEqualTo(1);
	}

	@Test
	void tellsAMissingEntityFromAChangedOne() {
		TableEntity first = await(this.table.insert(entity("a", 1)));
		this.table.replace(first).block();

		StepVerifier.create(this.table.transaction().insert(entity("new", 2)).replace(first).submit())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
				.hasCauseInstanceOf(ConditionNotMetException.class)
				.extracting("operationIndex")
				.isEqualTo(1))
			.verify();
		StepVerifier.create(this.table.transaction().replace(entity("missing", 2), MatchCondition.any()).submit())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
				.hasCauseInstanceOf(NotFoundException.class)
				.extracting("operationIndex")
				.isEqualTo(0))
			.verify();
		StepVerifier.create(this.client.getTableClient("missing").transaction().insert(entity("a", 1)).submit())
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(TransactionFailedException.class)
				.hasMessageContaining("TableNotFound"))
			.verify();
		assertThat(await(this.table.query(TableQuery.all()).count())).isEqualTo(1);
	}

	@Test
	void takesAHundredOperationsAndEntitiesOfSeveralTypes() {
		TypedTableClient<Note> notes = this.table.typed(new NoteCodec());
		TableTransaction<Note> transaction = notes.transaction();
		IntStream.range(0, 99)
			.forEach((i) -> transaction.insert(new Note("p", "note" + i, "text \u00e9\ud83d\ude00 " + i, null)));
		transaction.with(untyped(this.table)).insert(entity("other", 7));

		TransactionResult result = await(transaction.submit());

		assertThat(result.entities(Note.class)).hasSize(99).allSatisfy((note) -> assertThat(note.etag()).isNotNull());
		assertThat(result.entities(TableEntity.class)).hasSize(1);
		Note read = await(notes.get("p", "note42"));
		assertThat(read).isEqualTo(result.entity(42, Note.class));
		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.insert(new Note("p", "one too many", "", null)))
			.withMessageContaining("operation 100 (insert 'p' / 'one too many')")
			.withMessageContaining("more than 100 operations");
	}

	@Test
	@Requirement("T28")
	void refusesWhatCanNotBeInATransactionBeforeItIsSent() {
		TableTransaction<TableEntity> transaction = this.table.transaction().insert(entity("a", 1));

		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.insert(TableEntity.builder("q", "b").build()))
			.withMessageContaining("operation 1 (insert 'q' / 'b')")
			.withMessageContaining("its first operation is on 'p'")
			.satisfies((ex) -> assertThat(ex.operationIndex()).isEqualTo(1));
		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.delete(TableKey.of("p", "a"), MatchCondition.any()))
			.withMessageContaining("operation 1 (delete 'p' / 'a')")
			.withMessageContaining("only once");
		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.insert(entity("b/c", 1)))
			.withMessageContaining("operation 1")
			.withMessageContaining("RowKey must not contain '/'");
		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.replace(entity("b", 1)))
			.withMessageContaining("MatchCondition.any()");
		assertThatExceptionOfType(InvalidTransactionException.class)
			.isThrownBy(() -> transaction.delete(TableKey.of("p", "b"),
					MatchCondition.unchangedSince(ETag.of("x\r\n\r\nPOST"))))
			.withMessageContaining("the ETag is none that the service gave");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> transaction.with(this.client.getTableClient("another").typed(new NoteCodec())))
			.withMessageContaining("'another'");
		StepVerifier.create(this.table.transaction().submit())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidTransactionException.class)
				.hasMessageContaining("at least one operation"));
		assertThat(transaction.size()).isEqualTo(1);
	}

	@Test
	void refusesPropertiesAndSizesThatTheServiceWouldRefuse() {
		StepVerifier
			.create(this.table.transaction()
				.insert(entity("a", 1))
				.insert(TableEntity.builder("p", "b").put("text", "x".repeat(40_000)).build())
				.submit())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidTransactionException.class)
				.hasMessageContaining("operation 1 (insert 'p' / 'b')")
				.hasMessageContaining("'text'"));
		TableTransaction<TableEntity> large = this.table.transaction();
		IntStream.range(0, 100)
			.forEach((i) -> large.insert(TableEntity.builder("p", "r" + i).put("a", new byte[32 * 1024]).build()));
		StepVerifier.create(large.submit())
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(InvalidTransactionException.class)
				.hasMessageContaining("larger than 4 MiB"));
		assertThat(await(this.table.query(TableQuery.all()).count())).isZero();
	}

	@Test
	void doesNotChangeWithOperationsThatAreAddedLater() {
		TableTransaction<TableEntity> transaction = this.table.transaction().insert(entity("a", 1));
		Mono<TransactionResult> one = transaction.submit();
		transaction.insert(entity("b", 1));

		assertThat(await(one).size()).isEqualTo(1);
		StepVerifier.create(this.table.get("p", "b")).verifyComplete();
	}

	@Test
	@Requirement("T29")
	void neverMixesConcurrentTransactions() {
		int count = 1000;
		List<TransactionResult> results = await(Flux.range(0, count).flatMap((i) -> {
			TableTransaction<TableEntity> transaction = this.table.transaction();
			for (int row = 0; row < 1 + i % 4; row++) {
				transaction.insert(TableEntity.builder("p" + i, "r" + row).put("n", i).put("row", row).build());
			}
			return transaction.submit();
		}, 64).collectList());

		assertThat(results).hasSize(count);
		List<TableEntity> stored = await(this.table.query(TableQuery.all()).collectList());
		assertThat(stored).hasSize(IntStream.range(0, count).map((i) -> 1 + i % 4).sum())
			.allSatisfy(
					(row) -> assertThat(row.key()).isEqualTo(TableKey.of("p" + row.get("n"), "r" + row.get("row"))));
		List<TableEntity> written = new ArrayList<>();
		results.forEach((result) -> written.addAll(result.entities(TableEntity.class)));
		Map<TableKey, @Nullable ETag> versions = new HashMap<>();
		stored.forEach((row) -> versions.put(row.key(), row.etag()));
		assertThat(written).hasSameSizeAs(stored)
			.allSatisfy((row) -> assertThat(row.etag()).isEqualTo(versions.get(row.key())));
	}

	private static TypedTableClient<TableEntity> untyped(TableClient table) {
		return table.typed(TableEntityCodec.INSTANCE);
	}

	private static TableEntity entity(String rowKey, int n) {
		return TableEntity.builder("p", rowKey).put("n", n).build();
	}

	private record Note(String book, String id, String text, @Nullable ETag etag) {
	}

	private static final class NoteCodec implements EntityCodec<Note> {

		@Override
		public TableKey key(Note note) {
			return TableKey.of(note.book(), note.id());
		}

		@Override
		public @Nullable ETag etag(Note note) {
			return note.etag();
		}

		@Override
		public Note withETag(Note note, ETag etag) {
			return new Note(note.book(), note.id(), note.text(), etag);
		}

		@Override
		public List<String> properties() {
			return List.of("PartitionKey", "RowKey", "Text");
		}

		@Override
		public void write(Note note, RowWriter row) {
			row.property(2).string(note.text());
		}

		@Override
		public Note read(RowReader row) {
			String[] values = new String[3];
			for (int i = row.next(); i != RowReader.END; i = row.next()) {
				values[i] = row.string();
			}
			return new Note(values[0], values[1], values[2], row.etag());
		}

	}

}
