package dev.reactiveazure.emulator.eventgrid;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.reactiveazure.emulator.clock.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EventFilters} and their operators.
 */
class EventFiltersTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final JsonNode EVENT = JSON.readTree("""
			{"id":"a","type":"Order.Placed","subject":"shop/North","n":5,"b":true,"none":null,
			"data":{"tags":["red","Blue"],"sizes":[1,20],"deep":{"x":1.5}}}
			""");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			n          | NUMBER_IN                     | [4,5]         | true
			n          | NUMBER_IN                     | [4]           | false
			n          | NUMBER_IN                     | [5.0]         | true
			n          | NUMBER_NOT_IN                 | [4]           | true
			n          | NUMBER_NOT_IN                 | [5]           | false
			n          | NUMBER_LESS_THAN              | [5]           | false
			n          | NUMBER_LESS_THAN_OR_EQUALS    | [5]           | true
			n          | NUMBER_GREATER_THAN           | [5]           | false
			n          | NUMBER_GREATER_THAN           | [4.9]         | true
			n          | NUMBER_GREATER_THAN_OR_EQUALS | [5]           | true
			n          | NUMBER_IN_RANGE               | [[1,2],[5,7]] | true
			n          | NUMBER_IN_RANGE               | [[6,7]]       | false
			n          | NUMBER_NOT_IN_RANGE           | [[4,5]]       | false
			n          | NUMBER_NOT_IN_RANGE           | [[6,7]]       | true
			b          | BOOL_EQUALS                   | [true]        | true
			b          | BOOL_EQUALS                   | [false]       | false
			subject    | STRING_CONTAINS               | ["P/n"]       | true
			subject    | STRING_NOT_CONTAINS           | ["P/n"]       | false
			subject    | STRING_BEGINS_WITH            | ["x","SHOP"]  | true
			subject    | STRING_NOT_BEGINS_WITH        | ["north"]     | true
			subject    | STRING_ENDS_WITH              | ["north"]     | true
			subject    | STRING_NOT_ENDS_WITH          | ["north"]     | false
			subject    | STRING_IN                     | ["SHOP/north"]| true
			subject    | STRING_NOT_IN                 | ["shop"]      | true
			eventtype  | STRING_IN                     | ["order.placed"] | true
			subject    | IS_NOT_NULL                   | []            | true
			subject    | IS_NULL_OR_UNDEFINED          | []            | false
			none       | IS_NULL_OR_UNDEFINED          | []            | true
			n          | STRING_IN                     | ["5"]         | false
			n          | STRING_NOT_IN                 | ["6"]         | false
			subject    | NUMBER_IN                     | [1]           | false
			data.tags  | STRING_IN                     | ["blue"]      | true
			data.tags  | STRING_NOT_IN                 | ["blue"]      | false
			data.tags  | STRING_NOT_IN                 | ["green"]     | true
			data.sizes | NUMBER_GREATER_THAN           | [10]          | true
			data.deep.x| NUMBER_IN                     | [1.50]        | true
			""")
	void compareAttributesWithValues(String key, FilterOperator operator, String values, boolean expected) {
		List<?> parsed = JSON.readValue(values, List.class);

		assertThat(new EventFilter(key, operator, parsed).matches(EVENT)).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(FilterOperator.class)
	void matchAMissingAttributeOnlyWithThreeOperators(FilterOperator operator) {
		boolean expected = switch (operator) {
			case NUMBER_NOT_IN, STRING_NOT_IN, IS_NULL_OR_UNDEFINED -> true;
			default -> false;
		};

		assertThat(new EventFilter("missing", operator, values(operator)).matches(EVENT)).isEqualTo(expected);
		assertThat(new EventFilter("data.deep.y", operator, values(operator)).matches(EVENT)).isEqualTo(expected);
	}

	@Test
	void mustAllHold() {
		EventFilter holds = EventFilter.of("n", FilterOperator.NUMBER_IN, 5);
		EventFilter fails = EventFilter.of("n", FilterOperator.NUMBER_IN, 6);

		assertThat(EventFilters.allOf(holds, holds).match(EVENT)).isTrue();
		assertThat(EventFilters.allOf(holds, fails).match(EVENT)).isFalse();
		assertThat(EventFilters.NONE.match(EVENT)).isTrue();
		assertThat(new EventFilters(List.of("other", "ORDER.placed"), List.of()).match(EVENT)).isTrue();
		assertThat(new EventFilters(List.of("other"), List.of()).match(EVENT)).isFalse();
	}

	@Test
	void refuseValuesTheOperatorCannotCompareWith() {
		assertThatIllegalArgumentException().isThrownBy(() -> EventFilter.of("n", FilterOperator.NUMBER_IN, "5"))
			.withMessageContaining("'n'")
			.withMessageContaining("NUMBER_IN");
		assertThatIllegalArgumentException().isThrownBy(() -> EventFilter.of("n", FilterOperator.NUMBER_IN));
		assertThatIllegalArgumentException().isThrownBy(() -> EventFilter.of("n", FilterOperator.IS_NOT_NULL, 1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventFilter.of("n", FilterOperator.NUMBER_IN_RANGE, List.of(1)));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EventFilter.of("s", FilterOperator.STRING_IN, "x".repeat(513)));
		assertThatIllegalArgumentException().isThrownBy(() -> new EventFilters(List.of(),
				List.of(new EventFilter("n", FilterOperator.NUMBER_IN, Collections.nCopies(26, 1)))));
	}

	@Test
	void skipUnwantedEventsInSilence() {
		MovableClock clock = MovableClock.startingAt(Instant.parse("2026-01-02T03:04:05Z"));
		try (Wire wire = new Wire(EventGridSettings.defaults(), clock)) {
			wire.emulator.declareSubscription("orders", "billing",
					EventFilters.allOf(EventFilter.of("id", FilterOperator.STRING_BEGINS_WITH, "b")));
			wire.emulator.declareSubscription("orders", "audit");

			assertThat(
					wire.publish("orders", Wire.BATCH, "[" + Wire.event("a1") + "," + Wire.event("b1") + "]").status())
				.isEqualTo(200);
			assertThat(wire.receive("&maxEvents=10").eventIds()).containsExactly("b1");
			assertThat(wire.emulator.pendingCount("orders", "audit")).isEqualTo(2);
		}
	}

	private static List<?> values(FilterOperator operator) {
		return switch (operator) {
			case IS_NOT_NULL, IS_NULL_OR_UNDEFINED -> List.of();
			case NUMBER_IN_RANGE, NUMBER_NOT_IN_RANGE -> List.of(List.of(1, 2));
			case BOOL_EQUALS -> List.of(true);
			default -> operator.name().startsWith("NUMBER") ? List.of(1) : List.of("x");
		};
	}

}
