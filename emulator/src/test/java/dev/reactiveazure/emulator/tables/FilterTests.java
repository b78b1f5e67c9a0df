package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FilterTests {

	private static final StoredEntity ROW = StoredEntity.of(new EntityKey("it's", "b"),
			Instant.parse("2026-01-01T00:00:00.1234567Z"),
			Map.of("Int", new EdmValue(EdmType.INT32, 3), "Long", new EdmValue(EdmType.INT64, 3L), "Double",
					new EdmValue(EdmType.DOUBLE, 3.0), "Text", EdmValue.string("abc"), "Yes",
					new EdmValue(EdmType.BOOLEAN, true), "When",
					EdmValue.dateTime(Instant.parse("2020-01-22T00:00:00Z")), "Id",
					new EdmValue(EdmType.GUID, UUID.fromString("f8260b3f-beab-45e2-b900-33e2b442e724")), "Bytes",
					new EdmValue(EdmType.BINARY, new byte[] { 10, (byte) 0xF0 })));

	private static boolean matches(String filter) {
		return FilterParser.parse(filter).matches(ROW);
	}

	@Nested
	class Semantics {

		@ParameterizedTest
		@ValueSource(strings = { "Int eq 3", "Long eq 3", "Long eq 3L", "Double eq 3", "Double eq 3L", "Double eq 3.0",
				"3 eq Int", "2 lt Int", "Int gt -1", "Text ge 'abc' and Text lt 'abd'", "Text gt 'B'", "Yes",
				"Yes eq true", "When eq datetime'2020-01-22T00:00:00.0000000Z'",
				"When lt datetime'2020-01-22T00:00:00.0000001Z'", "Id eq guid'F8260B3F-beab-45e2-b900-33e2b442e724'",
				"Id gt guid'18260b3f-beab-45e2-b900-33e2b442e724'", "Bytes eq X'0af0'", "Bytes eq binary'0AF0'",
				"Bytes gt X'0a7f'", "PartitionKey eq 'it''s'", "RowKey ge 'b'",
				"Timestamp eq datetime'2026-01-01T00:00:00.1234567Z'", "true", "", "  ",
				"(true and Int eq 3) or (false or Int eq 4)", "not (Int eq 4)", "not Text", "Double lt 3.5e0" })
		void holds(String filter) {
			assertThat(matches(filter)).isTrue();
		}

		@ParameterizedTest
		@ValueSource(strings = { "Int eq 4", "false", "Text eq 'ABC'", "Text", "Yes eq false", "not Yes",
				"RowKey lt 'b'", "Bytes lt X'0a7f'" })
		void doesNotHold(String filter) {
			assertThat(matches(filter)).isFalse();
		}

		@ParameterizedTest
		@CsvSource({ "Int,3L", "Int,3.0", "Long,3.0", "Text,3", "Int,'''3'''", "Yes,'''true'''", "When,'''2020'''",
				"Id,'''x'''", "Bytes,3" })
		void treatsLiteralsOfAnotherTypeAsTheServiceDoes(String property, String literal) {
			assertThat(matches(property + " eq " + literal)).isFalse();
			assertThat(matches(property + " ne " + literal)).isTrue();
			assertThat(matches(property + " lt " + literal)).isTrue();
			assertThat(matches(property + " le " + literal)).isTrue();
			assertThat(matches(property + " gt " + literal)).isFalse();
			assertThat(matches(property + " ge " + literal)).isFalse();
		}

		@ParameterizedTest
		@ValueSource(strings = { "eq", "ne", "lt", "le", "gt", "ge" })
		void findsNoComparisonWithAMissingPropertyTrue(String operator) {
			assertThat(matches("Missing " + operator + " 1")).isFalse();
			assertThat(matches("not (Missing " + operator + " 1)")).isTrue();
		}

		@Test
		void bindsNotBeforeAndBeforeOr() {
			assertThat(matches("true or false and false")).isTrue();
			assertThat(matches("(true or false) and false")).isFalse();
			assertThat(matches("not false and false")).isFalse();
			assertThat(matches("not (false and false)")).isTrue();
		}

	}

	@Nested
	class Refusals {

		@Test
		void namesThePlaceOfASyntaxError() {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FilterParser.parse("aaa bbb ccc"))
				.withMessage("InvalidInput: Syntax error at position 7 in 'aaa bbb ccc'.");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Int eq null", "Int eq Long", "1 eq 1", "Int EQ 3", "Int eq", "eq 3", "(Int eq 3",
				"Int eq 3)", "Int eq 'a", "startswith(Text,'a')", "Int eq 99999999999", "Id eq guid'x'",
				"Bytes eq X'0'", "When eq datetime'yesterday'", "Text eq \"abc\"", "Int add 1 eq 4", "'abc'", "and" })
		void refuses(String filter) {
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FilterParser.parse(filter))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo("InvalidInput"));
		}

		@Test
		void allowsFifteenComparisons() {
			String fifteen = "Int eq 1" + " or Int eq 1".repeat(14);
			assertThat(matches(fifteen)).isFalse();
			assertThatExceptionOfType(Refusal.class).isThrownBy(() -> FilterParser.parse(fifteen + " or Int eq 3"));
		}

		@Test
		void survivesDeepNesting() {
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> FilterParser.parse("(".repeat(20_000) + "true" + ")".repeat(20_000)));
			assertThatExceptionOfType(Refusal.class)
				.isThrownBy(() -> FilterParser.parse("true" + " and true".repeat(20_000)));
		}

	}

	@Nested
	class Ranges {

		@Test
		void walksOnlyThePartitionsThatAreLeft() {
			assertThat(range("PartitionKey eq 'a' and RowKey gt 'x'")).isEqualTo(new KeyRange("a", "a"));
			assertThat(range("PartitionKey ge 'a' and (PartitionKey lt 'c' and PartitionKey ge 'b')"))
				.isEqualTo(new KeyRange("b", "c"));
			assertThat(range("'a' le PartitionKey")).isEqualTo(new KeyRange("a", null));
		}

		@Test
		void walksEverythingWhereItMust() {
			assertThat(range("PartitionKey eq 'a' or PartitionKey eq 'b'")).isEqualTo(KeyRange.ALL);
			assertThat(range("not (PartitionKey eq 'a')")).isEqualTo(KeyRange.ALL);
			assertThat(range("PartitionKey lt 3")).isEqualTo(KeyRange.ALL);
		}

		private static KeyRange range(String filter) {
			return KeyRange.of(FilterParser.parse(filter));
		}

	}

}
