package dev.reactiveazure.tables.template;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TablesService;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.data.annotation.CreatedBy;
import org.springframework.data.annotation.CreatedDate;
import org.springframework.data.annotation.LastModifiedBy;
import org.springframework.data.annotation.LastModifiedDate;
import org.springframework.data.annotation.Version;
import org.springframework.data.auditing.ReactiveIsNewAwareAuditingHandler;
import org.springframework.data.domain.ReactiveAuditorAware;
import org.springframework.data.mapping.callback.ReactiveEntityCallbacks;

import static dev.reactiveazure.tables.Awaited.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callbacks and auditing are the same whichever way an entity is written.
 */
@ParameterizedClass(name = "{0} {1}")
@MethodSource("ways")
class EntityLifecycleTests extends TemplateFixture {

	private final Way way;

	private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

	EntityLifecycleTests(TablesService service, Way way) {
		super(service);
		this.way = way;
	}

	static List<Arguments> ways() {
		List<Arguments> ways = new ArrayList<>();
		for (TablesService service : TablesService.values()) {
			for (Way way : Way.values()) {
				ways.add(Arguments.of(service, way));
			}
		}
		return ways;
	}

	@Test
	@Requirement("T30")
	void asksCallbacksInOrderAndWritesWhatTheyReturn() {
		TableTemplate template = builder().entityCallbacks(callbacks()).build();

		Audited saved = write(template, TableWrite.insert(Audited.of("1", "text")));
		Audited found = await(template.findByKey("a", "1", Audited.class));

		assertThat(this.asked).containsExactly("beforeConvert null", "beforeSave null", "afterSave version",
				"afterConvert version");
		assertThat(saved.text()).isEqualTo("text+convert+save+saved");
		assertThat(found.text()).isEqualTo("text+convert+save+found");
		assertThat(saved.etag()).isEqualTo(found.etag());
	}

	private ReactiveEntityCallbacks callbacks() {
		ReactiveBeforeConvertCallback<Audited> beforeConvert = (entity, table) -> asked("beforeConvert", entity,
				"+convert");
		ReactiveBeforeSaveCallback<Audited> beforeSave = (entity, table) -> asked("beforeSave", entity, "+save");
		ReactiveAfterSaveCallback<Audited> afterSave = (entity, table) -> asked("afterSave", entity, "+saved");
		ReactiveAfterConvertCallback<Audited> afterConvert = (entity, table) -> asked("afterConvert", entity, "+found");
		return ReactiveEntityCallbacks.create(beforeConvert, beforeSave, afterSave, afterConvert);
	}

	private Mono<Audited> asked(String callback, Audited entity, String suffix) {
		this.asked.add(callback + ((entity.etag() != null) ? " version" : " null"));
		return Mono.just(entity.withText(entity.text() + suffix));
	}

	@Test
	@Requirement("T30")
	void failsOnlyTheEntityWhoseCallbackFails() {
		ReactiveBeforeSaveCallback<Audited> check = (entity, table) -> entity.text().isEmpty()
				? Mono.error(new IllegalStateException("no text")) : Mono.just(entity);
		TableTemplate template = builder().entityCallbacks(ReactiveEntityCallbacks.create(check)).build();

		StepVerifier.create(this.way.write(template, TableWrite.insert(Audited.of("1", ""))))
			.verifyErrorMessage("no text");
		assertThat(write(template, TableWrite.insert(Audited.of("2", "x"))).etag()).isNotNull();
	}

	@Test
	@Requirement("T30")
	void setsWhoCreatedAndChangedAndWhen() {
		ReactiveIsNewAwareAuditingHandler handler = ReactiveIsNewAwareAuditingHandler.from(this.mapping);
		List<String> users = List.of("ada", "eve");
		int[] next = { 0 };
		handler.setAuditorAware((ReactiveAuditorAware<Object>) () -> Mono.just(users.get(next[0]++)));
		TableTemplate template = builder()
			.entityCallbacks(ReactiveEntityCallbacks.create(new ReactiveAuditingEntityCallback(() -> handler)))
			.build();

		Audited created = write(template, TableWrite.save(Audited.of("1", "text")));
		Audited changed = write(template, TableWrite.save(created.withText("other")));

		assertThat(created.createdBy()).isEqualTo("ada");
		assertThat(created.createdAt()).isNotNull();
		assertThat(created.changedBy()).isEqualTo("ada");
		assertThat(changed.createdBy()).isEqualTo("ada");
		assertThat(changed.createdAt()).isEqualTo(created.createdAt());
		assertThat(changed.changedBy()).isEqualTo("eve");
		Audited found = await(template.findByKey("a", "1", Audited.class));
		assertThat(found.createdBy()).isEqualTo("ada");
		assertThat(found.changedBy()).isEqualTo("eve");
		assertThat(found.etag()).isEqualTo(changed.etag());
	}

	private Audited write(TableTemplate template, TableWrite<Audited> write) {
		return await(this.way.write(template, write));
	}

	/**
	 * The ways of writing an entity.
	 */
	enum Way {

		SINGLE {

			@Override
			Mono<Audited> write(TableTemplate template, TableWrite<Audited> write) {
				Audited entity = entity(write);
				return switch (write.kind()) {
					case INSERT -> template.insert(entity);
					default -> template.save(entity);
				};
			}

		},

		BULK {

			@Override
			Mono<Audited> write(TableTemplate template, TableWrite<Audited> write) {
				return template.bulk(Flux.just(write), BulkOptions.allOrError()).mapNotNull(BulkResult::entity).next();
			}

		},

		TRANSACTION {

			@Override
			Mono<Audited> write(TableTemplate template, TableWrite<Audited> write) {
				return template.inTransaction(List.of(write)).mapNotNull((written) -> written.get(0, Audited.class));
			}

		};

		abstract Mono<Audited> write(TableTemplate template, TableWrite<Audited> write);

		private static Audited entity(TableWrite<Audited> write) {
			Audited entity = write.entity();
			if (entity == null) {
				throw new IllegalStateException();
			}
			return entity;
		}

	}

	record Audited(@PartitionKey String owner, @RowKey String id, String text, @CreatedBy @Nullable String createdBy,
			@CreatedDate @Nullable Instant createdAt, @LastModifiedBy @Nullable String changedBy,
			@LastModifiedDate @Nullable Instant changedAt, @Version @Nullable String etag) {

		static Audited of(String id, String text) {
			return new Audited("a", id, text, null, null, null, null, null);
		}

		Audited withText(String newText) {
			return new Audited(this.owner, this.id, newText, this.createdBy, this.createdAt, this.changedBy,
					this.changedAt, this.etag);
		}

	}

}
