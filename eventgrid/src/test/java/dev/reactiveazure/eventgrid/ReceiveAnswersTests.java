package dev.reactiveazure.eventgrid;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ReceiveAnswers}.
 */
class ReceiveAnswersTests {

	private static final String GOOD = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"}";

	static List<ReceivedEvent> read(String answer) {
		byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
		// The pipeline's array is longer than the answer and full of an earlier one.
		byte[] array = new byte[bytes.length + 20];
		java.util.Arrays.fill(array, (byte) '}');
		System.arraycopy(bytes, 0, array, 0, bytes.length);
		return ReceiveAnswers.read(array, bytes.length);
	}

	static ReceivedEvent readOne(String event) {
		List<ReceivedEvent> events = read("{\"value\":[" + delivery("t", event) + "]}");
		assertThat(events).hasSize(1);
		return events.get(0);
	}

	private static String delivery(String token, String event) {
		return "{\"brokerProperties\":{\"lockToken\":\"" + token + "\",\"deliveryCount\":3},\"event\":" + event + "}";
	}

	private static List<String> tokens(List<ReceivedEvent> events) {
		return events.stream().map(ReceivedEvent::lockToken).toList();
	}

	@Test
	void readsNoEvents() {
		assertThat(read("{\"value\":[]}")).isEmpty();
	}

	@Test
	void readsTokenAndDeliveryCountWhereverTheyStand() {
		List<ReceivedEvent> events = read("{\"x\":{},\"value\":[" + delivery("a+/=", GOOD) + ",{\"event\":" + GOOD
				+ ",\"extra\":[1],\"brokerProperties\":{\"deliveryCount\":1,\"z\":{},\"lockToken\":\"b\"}}],\"y\":1}");
		assertThat(tokens(events)).containsExactly("a+/=", "b");
		assertThat(events).extracting(ReceivedEvent::deliveryCount).containsExactly(3, 1);
		assertThat(events).hasOnlyElementsOfType(ReceivedEvent.Valid.class);
	}

	@Test
	void oneMalformedEventDoesNotHideTheTokensOfTheOthers() {
		String odd = "{\"id\":{\"a\":[1,2]},\"data\":{\"value\":[]}}";
		List<ReceivedEvent> events = read("{\"value\":[" + delivery("a", GOOD) + "," + delivery("b", odd) + ","
				+ delivery("c", "7") + "," + delivery("d", GOOD) + "]}");
		assertThat(tokens(events)).containsExactly("a", "b", "c", "d");
		assertThat(events.get(1)).isInstanceOfSatisfying(ReceivedEvent.Malformed.class,
				(malformed) -> assertThat(malformed.json()).isEqualTo(odd));
		assertThat(events.get(2)).isInstanceOf(ReceivedEvent.Malformed.class);
		assertThat(events.get(3)).isInstanceOf(ReceivedEvent.Valid.class);
	}

	@Test
	void keepsTheTokenOfADeliveryWithoutEvent() {
		List<ReceivedEvent> events = read("{\"value\":[{\"brokerProperties\":{\"lockToken\":\"a\"}}]}");
		assertThat(events).singleElement().isInstanceOf(ReceivedEvent.Malformed.class);
	}

	@Test
	void leavesOutWhatNobodyCouldSettle() {
		assertThat(tokens(read("{\"value\":[5,{\"event\":" + GOOD + "}," + delivery("a", GOOD) + "]}")))
			.containsExactly("a");
	}

	@Test
	void keepsTheTokensBehindAnEventThatIsNotEvenJson() {
		List<ReceivedEvent> events = read("{\"value\":[" + delivery("a", GOOD) + "," + delivery("b", "{\"id\":tru}")
				+ "," + delivery("c+/=", GOOD) + "]}");
		assertThat(tokens(events)).containsExactly("a", "b", "c+/=");
		assertThat(events.get(0)).isInstanceOf(ReceivedEvent.Valid.class);
		assertThat(events.get(1)).isInstanceOfSatisfying(ReceivedEvent.Malformed.class,
				(malformed) -> assertThat(malformed.reason()).contains("not valid JSON at byte"));
		assertThat(events).extracting(ReceivedEvent::deliveryCount).containsExactly(3, 3, 3);
	}

	@Test
	void keepsTheTokensBehindAnEventThatIsNotEvenJsonHoweverTheyAreEscaped() {
		String escaped = "\\u0041\\\\\\\"\\/\u00e9";
		assertThat(tokens(read("{\"value\":[" + delivery("a", "{\"id\":tru}") + "," + delivery(escaped, GOOD) + "]}")))
			.containsExactly("a", "A\\\"/\u00e9");
	}

	@Test
	void leavesOutATokenThatIsNoString() {
		assertThat(tokens(read("{\"value\":[" + delivery("a", "{\"id\":tru}") + "," + delivery("\\x", GOOD) + ","
				+ delivery("", GOOD) + ",{\"brokerProperties\":{\"lockToken\":7}}," + delivery("z", GOOD) + "]}")))
			.containsExactly("a", "z");
	}

	@Test
	void keepsATokenOfNothingButEscapes() {
		String escaped = "\\\"".repeat(100_000);
		assertThat(tokens(read("{\"value\":[" + delivery("a", "{\"id\":tru}") + "," + delivery(escaped, GOOD) + "]}")))
			.containsExactly("a", "\"".repeat(100_000));
	}

	@Test
	void keepsTheTokensOfAnAnswerThatIsCut() {
		String answer = "{\"value\":[" + delivery("a", GOOD) + "," + delivery("b", GOOD) + "]}";
		int cut = answer.indexOf("\"b\"") + 40;
		assertThat(tokens(read(answer.substring(0, cut)))).containsExactly("a", "b");
	}

	@Test
	void readsEveryCutWithoutLosingWhatItHolds() {
		String answer = "{\"value\":[" + delivery("a", GOOD) + "," + delivery("b", GOOD) + "]}";
		int first = answer.indexOf("}}", answer.indexOf(GOOD)) + 1;
		for (int length = first; length < answer.length(); length++) {
			assertThat(tokens(read(answer.substring(0, length)))).as("cut to %s", length).startsWith("a");
		}
	}

	@Test
	void keepsTheTokensOfAllWhateverByteOfOneEventIsBroken() {
		String data = GOOD.replace("}", ",\"a\":-1.5e3,\"data\":{\"x\":[\"\\u00e9\\n\u00e9\",null,{}]}}");
		byte[] answer = ("{\"value\":[" + delivery("a", GOOD) + "," + delivery("b", data) + "," + delivery("c", GOOD)
				+ "]}")
			.getBytes(StandardCharsets.UTF_8);
		int start = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\"event\":", 100) + 8;
		int end = start + data.getBytes(StandardCharsets.UTF_8).length;
		for (int place = start; place < end; place++) {
			for (int value = 0; value < 256; value++) {
				byte[] broken = answer.clone();
				broken[place] = (byte) value;
				assertThat(tokens(ReceiveAnswers.read(broken, broken.length))).as("%s at %s", value, place)
					.containsExactly("a", "b", "c");
			}
		}
	}

	@Test
	void readsAnAnswerBehindAByteOrderMark() {
		assertThat(read("\uFEFF{\"value\":[" + delivery("a", GOOD) + "]}"))
			.hasOnlyElementsOfType(ReceivedEvent.Valid.class)
			.hasSize(1);
	}

	@Test
	void refusesAnAnswerThatIsNone() {
		assertThatIllegalStateException().isThrownBy(() -> read("<html>")).withMessageContaining("JSON");
		assertThatIllegalStateException().isThrownBy(() -> read("")).withMessageContaining("JSON");
		assertThatIllegalStateException().isThrownBy(() -> read("[]")).withMessageContaining("JSON object");
		assertThatIllegalStateException().isThrownBy(() -> read("{\"details\":[]}")).withMessageContaining("'value'");
		assertThatIllegalStateException().isThrownBy(() -> read("{\"value\":[{\"event\":"))
			.withMessageContaining("at byte");
	}

	@Test
	void neitherDeepNorLongDataHidesTheOtherEvents() {
		String deep = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":"
				+ "[".repeat(5000) + "]".repeat(5000) + "}";
		String longNumber = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":"
				+ "1".repeat(5000) + "}";
		List<ReceivedEvent> events = read("{\"value\":[" + delivery("a", deep) + "," + delivery("b", longNumber) + ","
				+ delivery("c", GOOD) + "]}");
		assertThat(events).hasSize(3).hasOnlyElementsOfType(ReceivedEvent.Valid.class);
	}

}
