package dev.reactiveazure.tables.query;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.reactiveazure.tables.Requirement;
import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.mapping.Everything;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.junit.jupiter.api.Test;

import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueryPlannerTests {

	private final TablePersistentEntity<?> entity = new TableMappingContext()
		.getRequiredPersistentEntity(Everything.class);

	@Test
	@Requirement("T16")
	void makesTheSameFilterOfTypedAndOfTextualPaths() {
		assertThat(filter(where(Everything::tenant).is("a").and(Everything::count).between(1, 2)))
			.isEqualTo(filter(where("tenant").is("a").and("count").between(1, 2)))
			.isEqualTo("(PartitionKey eq 'a' and (count ge 1 and count le 2))");
		assertThat(filter(where(Everything::name).startsWith("ab").and(Everything::tenant).is("t")))
			.isEqualTo(filter(where("name").startsWith("ab").and("tenant").is("t")))
			.isEqualTo("((Label ge 'ab' and Label lt 'ac') and PartitionKey eq 't')");
		assertThat(filter(where(Everything::count).in(1, 2, 1))).isEqualTo(filter(where("count").in(List.of(1, 2))))
			.isEqualTo("(count eq 1 or count eq 2)");
	}

	@Test
	@Requirement("T19")
	void findsTheEndOfAPrefix() {
		assertThat(filter(where("name").startsWith("a\uffff"))).isEqualTo("(Label ge 'a\uffff' and Label lt 'b')");
		assertThat(filter(where("name").startsWith("a\ud7ff")))
			.isEqualTo("(Label ge 'a\ud7ff' and Label lt 'a\ue000')");
		assertThat(filter(where("name").startsWith(""))).isEqualTo("Label ge ''");
		assertThat(filter(where("name").startsWith("it's"))).isEqualTo("(Label ge 'it''s' and Label lt 'it''t')");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(where("count").startsWith("1")))
			.withMessageContaining("count");
	}

	@Test
	@Requirement({ "T18", "T19" })
	void readsRowsOfAPartitionByKeyAndPartitionsOneByOne() {
		QueryPlan points = plan(where("tenant").is("t").and("id").in(new UUID(0, 2), new UUID(0, 1)));
		QueryPlan partitions = plan(where("tenant").in("b", "a").and("count").gt(1));

		assertThat(points.points()).containsExactly(TableKey.of("t", new UUID(0, 1).toString()),
				TableKey.of("t", new UUID(0, 2).toString()));
		assertThat(points.access()).isEqualTo(QueryAccess.POINT);
		assertThat(partitions.requests().stream().map(TableQuery::filter))
			.containsExactly("(count gt 1 and PartitionKey eq 'a')", "(count gt 1 and PartitionKey eq 'b')");
		assertThat(partitions.ordered()).isTrue();
		assertThat(partitions.describe()).startsWith("PARTITION\n");
	}

	@Test
	@Requirement("T19")
	void cutsListsSoThatNoRequestHasMoreThanFifteenComparisons() {
		List<Integer> values = IntStream.range(0, 40).boxed().toList();

		QueryPlan plan = plan(where("tenant").is("t").and("count").in(values));

		assertThat(plan.requests()).hasSize(3);
		assertThat(plan.ordered()).isFalse();
		assertThat(plan.requests())
			.allSatisfy((request) -> assertThat(String.valueOf(request.filter()).split(" eq ").length - 1)
				.isLessThanOrEqualTo(15));
		assertThat(plan(where("count").in(values.subList(0, 15))).requests()).hasSize(1);
	}

	@Test
	@Requirement("T19")
	void refusesWhatCanNotBeCut() {
		Criteria either = where("count").is(0);
		for (int i = 1; i < 16; i++) {
			either = either.or(where("count").is(i));
		}
		Criteria tooLong = either;

		assertThatIllegalArgumentException().isThrownBy(() -> plan(tooLong)).withMessageContaining("16 comparisons");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> plan(Criteria.not(where("count").in(IntStream.range(0, 16).boxed().toList()))))
			.withMessageContaining("16 comparisons");
	}

	private String filter(Criteria criteria) {
		return criteria.render(this.entity);
	}

	private QueryPlan plan(Criteria criteria) {
		return Query.of(criteria).plan(this.entity);
	}

}
