package dev.reactiveazure.tables.mapping;

import java.util.List;

import dev.reactiveazure.tables.Requirement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.convert.PropertyValueConverter;
import org.springframework.data.convert.ValueConversionContext;
import org.springframework.data.convert.ValueConverter;

import static org.assertj.core.api.Assertions.assertThat;

class MappedClassHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@Test
	@Requirement("T34")
	void opensMappedClassesAndAllThatTheyAreMadeOf() {
		new MappedClassHints(List.of(Order.class)).registerHints(this.hints, getClass().getClassLoader());

		for (Class<?> type : List.of(Order.class, OrderId.class, Address.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(type)
				.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.ACCESS_DECLARED_FIELDS, MemberCategory.INVOKE_DECLARED_METHODS))
				.accepts(this.hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onType(Line.class)).as("bound by Jackson").accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Shout.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	@Requirement("T34")
	void opensClassesThatInherit() {
		new MappedClassHints(List.of(NestedTests.Payment.class)).registerHints(this.hints, getClass().getClassLoader());

		assertThat(RuntimeHintsPredicates.reflection()
			.onType(NestedTests.Cash.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(this.hints);
	}

	record OrderId(@PartitionKey String customer, @RowKey String id) {
	}

	record Address(String city) {
	}

	record Line(String article) {
	}

	record Order(@Id OrderId id, @Embedded Address to, @Json List<Line> lines, @ValueConverter(Shout.class) String note,
			@Version @Nullable String etag) {
	}

	static class Shout
			implements PropertyValueConverter<String, String, ValueConversionContext<TablePersistentProperty>> {

		@Override
		public String read(String value, ValueConversionContext<TablePersistentProperty> context) {
			return value;
		}

		@Override
		public String write(String value, ValueConversionContext<TablePersistentProperty> context) {
			return value;
		}

	}

}
