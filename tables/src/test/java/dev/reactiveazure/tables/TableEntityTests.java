package dev.reactiveazure.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TableEntityTests {

	@Test
	void keepsPropertiesAsALinkedHashMapDoes() {
		Random random = new Random(7);
		TableEntity.Builder builder = TableEntity.builder("p", "r");
		Map<String, Object> expected = new LinkedHashMap<>();
		for (int i = 0; i < 2000; i++) {
			String name = "P" + random.nextInt(60);
			if (random.nextInt(3) == 0) {
				builder.put(name, null);
				expected.remove(name);
			}
			else {
				builder.put(name, i);
				expected.put(name, i);
			}
			assertSame(builder.build().properties(), expected);
		}
	}

	private static void assertSame(Map<String, Object> properties, Map<String, Object> expected) {
		assertThat(properties.equals(expected)).isTrue();
		assertThat(expected.equals(properties)).isTrue();
		assertThat(properties.hashCode()).isEqualTo(expected.hashCode());
		assertThat(new ArrayList<>(properties.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
		Map<String, Object> visited = new LinkedHashMap<>();
		properties.forEach(visited::put);
		assertThat(visited).isEqualTo(expected);
		expected.forEach((name, value) -> assertThat(properties.get(name)).isEqualTo(value));
		assertThat(properties.get("absent")).isNull();
		assertThat(properties.containsKey("absent")).isFalse();
	}

	@Test
	void staysAsItIsWhenItsBuilderGoesOn() {
		TableEntity.Builder builder = TableEntity.builder("p", "r").put("a", 1).put("b", 2);
		TableEntity first = builder.build();
		TableEntity second = builder.put("a", 10).put("b", null).put("c", 3).build();
		TableEntity third = first.toBuilder().put("a", 100).build();

		assertThat(first.properties()).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
		assertThat(second.properties()).containsExactly(Map.entry("a", 10), Map.entry("c", 3));
		assertThat(third.properties()).containsExactly(Map.entry("a", 100), Map.entry("b", 2));
	}

	@Test
	void hasPropertiesThatNobodyCanChange() {
		Map<String, Object> properties = TableEntity.builder("p", "r").put("a", 1).build().properties();

		for (Runnable change : Arrays.<Runnable>asList(() -> properties.put("a", 2), () -> properties.put("b", 2),
				() -> properties.remove("a"), properties::clear,
				() -> properties.entrySet().iterator().next().setValue(2), () -> properties.keySet().remove("a"),
				() -> properties.replaceAll((name, value) -> 2))) {
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
		}
		assertThat(properties).containsExactly(Map.entry("a", 1));
	}

	@Test
	void keepsItsBytesWhenTheGivenOnesChange() {
		byte[] bytes = { 1, 2 };
		TableEntity entity = TableEntity.builder("p", "r").put("Bytes", bytes).build();
		bytes[0] = 9;

		assertThat(entity.get("Bytes", byte[].class)).containsExactly(1, 2);
	}

	@Test
	void equalsAnotherWithTheSameBytesInAnyOrder() {
		TableEntity one = TableEntity.builder("p", "r").put("a", new byte[] { 1 }).put("b", "x").build();
		TableEntity other = TableEntity.builder("p", "r").put("b", "x").put("a", new byte[] { 1 }).build();

		assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
		assertThat(one).isNotEqualTo(other.toBuilder().put("c", 1).build());
		assertThat(other.toBuilder().put("c", 1).build()).isNotEqualTo(one);
	}

}
