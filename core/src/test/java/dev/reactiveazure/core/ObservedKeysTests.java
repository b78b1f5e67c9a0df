package dev.reactiveazure.core;

import java.util.Random;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedKeys}.
 */
class ObservedKeysTests {

	private static final KeyValues GIVEN = KeyValues.of("a", "1", "b", "2");

	private final ObservedKeys keys = new ObservedKeys();

	@Test
	void giveBackWhatTheyWereGivenAsItIs() {
		this.keys.add(GIVEN);
		assertThat(this.keys.all()).isSameAs(GIVEN);
	}

	@Test
	void replaceValuesOfTheSameKeysWithoutACopy() {
		KeyValues later = KeyValues.of("a", "3", "b", "4");
		this.keys.add(GIVEN);
		this.keys.add(later);
		assertThat(this.keys.all()).isSameAs(later);
	}

	@Test
	void replaceValuesWithoutACopyWhereOtherKeysFollow() {
		KeyValues later = KeyValues.of("a", "3", "b", "4", "c", "5");
		this.keys.add(GIVEN);
		this.keys.add(later);
		assertThat(this.keys.all()).isSameAs(later);
	}

	@Test
	void keepWhatOthersAdded() {
		this.keys.add(GIVEN);
		this.keys.add(KeyValue.of("c", "5"));
		this.keys.add(KeyValues.of("a", "3", "b", "4"));
		assertThat(this.keys.all()).isEqualTo(KeyValues.of("a", "3", "b", "4", "c", "5"));
	}

	/**
	 * What is done to both, in this order of chance, leaves the same.
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void areThoseOfMicrometersOwnContext(long seed) {
		Random random = new Random(seed);
		Observation.Context plain = new Observation.Context();
		Observation.Context ours = new AzureOperationContext(Kind.CLIENT, "get", "orders",
				new AzureEndpoint("http://localhost:10002"));
		for (int i = 0; i < 500; i++) {
			change(plain, ours, random);
			String asked = key(random);
			assertThat(ours.getLowCardinalityKeyValues()).isEqualTo(plain.getLowCardinalityKeyValues());
			assertThat(ours.getHighCardinalityKeyValues()).isEqualTo(plain.getHighCardinalityKeyValues());
			assertThat(ours.getAllKeyValues()).isEqualTo(plain.getAllKeyValues());
			assertThat(ours.getLowCardinalityKeyValue(asked)).isEqualTo(plain.getLowCardinalityKeyValue(asked));
			assertThat(ours.getHighCardinalityKeyValue(asked)).isEqualTo(plain.getHighCardinalityKeyValue(asked));
		}
	}

	private static void change(Observation.Context plain, Observation.Context ours, Random random) {
		int choice = random.nextInt(8);
		KeyValue one = KeyValue.of(key(random), "" + random.nextInt());
		KeyValues some = KeyValues.of(key(random), "" + random.nextInt(), key(random), "" + random.nextInt());
		String gone = key(random);
		String other = key(random);
		for (Observation.Context context : new Observation.Context[] { plain, ours }) {
			switch (choice) {
				case 0 -> context.addLowCardinalityKeyValue(one);
				case 1 -> context.addHighCardinalityKeyValue(one);
				case 2 -> context.addLowCardinalityKeyValues(some);
				case 3 -> context.addHighCardinalityKeyValues(some);
				case 4 -> context.removeLowCardinalityKeyValue(gone);
				case 5 -> context.removeHighCardinalityKeyValue(gone);
				case 6 -> context.removeLowCardinalityKeyValues(gone, other);
				default -> context.removeHighCardinalityKeyValues(gone, other);
			}
		}
	}

	private static String key(Random random) {
		return String.valueOf((char) ('a' + random.nextInt(5)));
	}

}
