package dev.reactiveazure.tables.query;

import dev.reactiveazure.tables.Requirement;
import java.time.Instant;
import java.util.UUID;

import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.mapping.Everything;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import org.junit.jupiter.api.Test;

import static dev.reactiveazure.tables.query.Criteria.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueryTests {

	private final TablePersistentEntity<?> entity = new TableMappingContext()
		.getRequiredPersistentEntity(Everything.class);

	@Test
	void rendersLiteralsByTheTypeOfTheColumn() {
		assertThat(filter(where("big").is(3))).isEqualTo("big eq 3L");
		assertThat(filter(where("count").gte(3L))).isEqualTo("count ge 3");
		assertThat(filter(where("ratio").lt(5))).isEqualTo("ratio lt 5.0");
		assertThat(filter(where("total").is("12.50"))).isEqualTo("total eq '12.50'");
		assertThat(filter(where("color").ne(Everything.Color.RED))).isEqualTo("color ne 'RED'");
		assertThat(filter(where("at").gt(Instant.EPOCH))).isEqualTo("at gt datetime'1970-01-01T00:00:00Z'");
		assertThat(filter(where("bytes").is(new byte[] { 10, 11 }))).isEqualTo("bytes eq X'0a0b'");
		assertThat(filter(where("reference").is(new UUID(0, 1))))
			.isEqualTo("reference eq guid'00000000-0000-0000-0000-000000000001'");
		assertThat(filter(where("id").is(new UUID(0, 1))))
			.isEqualTo("RowKey eq '00000000-0000-0000-0000-000000000001'");
		assertThat(filter(where("flag").is(true))).isEqualTo("flag eq true");
	}

	@Test
	void joinsCriteriaInBrackets() {
		Criteria criteria = where("tenant").is("a").and("count").gt(1).or(Criteria.not(where("name").is("x")));

		assertThat(filter(criteria)).isEqualTo("((PartitionKey eq 'a' and count gt 1) or not (Label eq 'x'))");
	}

	@Test
	void takesMethodReferences() {
		assertThat(filter(where(Everything::tenant).is("a").and(where(Everything::count).lte(2))))
			.isEqualTo("(PartitionKey eq 'a' and count le 2)");
	}

	@Test
	@Requirement("T17")
	void keepsValuesFromChangingTheFilter() {
		String evil = "x' or true or 'a' eq 'a";

		assertThat(filter(where("name").is(evil))).isEqualTo("Label eq 'x'' or true or ''a'' eq ''a'");
		assertThat(filter(ODataFilter.of("name eq :n").bind("n", evil)))
			.isEqualTo("Label eq 'x'' or true or ''a'' eq ''a'");
	}

	@Test
	void bindsParametersAndMapsNames() {
		ODataFilter filter = ODataFilter.of("(tenant eq :t and :min le big) or name eq 'it''s :t' or flag")
			.bind("t", "a")
			.bind("min", 7);

		assertThat(filter(filter)).isEqualTo("( PartitionKey eq 'a' and 7L le big ) or Label eq 'it''s :t' or flag");
	}

	@Test
	void saysWhatIsWrongWithAFilter() {
		assertThatIllegalArgumentException().isThrownBy(() -> Query.odata("name eq :n and ;"))
			.withMessageContaining("malformed at index");
		assertThatIllegalArgumentException().isThrownBy(() -> Query.odata("(name eq :n"))
			.withMessageContaining("does not close");
		assertThatIllegalArgumentException().isThrownBy(() -> Query.odata("name eq :n").bind("m", 1))
			.withMessageContaining("no parameter ':m'");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(ODataFilter.of("name eq :n")))
			.withMessageContaining("has no value");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(where("unknown").is(1)))
			.withMessageContaining("Everything has no property 'unknown'");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(where("count").is(1.5)))
			.withMessageContaining("'count' of Everything is a int");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(where("total").gt("1")))
			.withMessageContaining("only equal and not equal");
		assertThatIllegalArgumentException().isThrownBy(() -> filter(where("etag").is("1")))
			.withMessageContaining("is the version");
	}

	@Test
	void selectsColumnsAndAlwaysTheKeys() {
		TableQuery query = Query.all()
			.select("name", "count")
			.pageSize(10)
			.limit(20)
			.plan(this.entity)
			.requests()
			.get(0);

		assertThat(query)
			.isEqualTo(TableQuery.all().select("PartitionKey", "RowKey", "Label", "count").pageSize(10).limit(20));
	}

	private String filter(Filter filter) {
		return filter.render(this.entity);
	}

}
