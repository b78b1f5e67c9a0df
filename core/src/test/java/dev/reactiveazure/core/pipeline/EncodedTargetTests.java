package dev.reactiveazure.core.pipeline;

import java.net.URI;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EncodedTarget}.
 */
class EncodedTargetTests {

	@Test
	void acceptsWhatAUriDoes() {
		Random random = new Random(20261122);
		String mostly = "ab09-_.~!$&'()*+,;=:@/?%4fG[] \"<>\\^`{|}\r\n\t";
		for (int i = 0; i < 200_000; i++) {
			StringBuilder target = new StringBuilder("/");
			for (int count = random.nextInt(8); count > 0; count--) {
				target.append((random.nextInt(10) > 0) ? mostly.charAt(random.nextInt(mostly.length()))
						: (char) random.nextInt(128));
			}
			String text = target.toString();
			if (text.indexOf('#') < 0) {
				assertThat(EncodedTarget.isValid(text)).as(text).isEqualTo(isUri(text));
			}
		}
	}

	@Test
	void refusesWhatIsNoPathOrWouldNotBeSent() {
		for (String text : new String[] { "", "?a=b", "orders", "http://other.host/", "/orders#fragment", "/ü", "/%e",
				"/%٣1" }) {
			assertThat(EncodedTarget.isValid(text)).as(text).isFalse();
		}
	}

	private static boolean isUri(String target) {
		try {
			return URI.create("http://host".concat(target)).getHost() != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
