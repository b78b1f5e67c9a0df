package dev.reactiveazure.eventgrid.docs;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.reactiveazure.eventgrid.Requirement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide to listeners says which test proves which requirement, and each has one.
 */
class RequirementTableTests {

	private static final Path GUIDE = Path.of("../docs/listener.md");

	private static final String BEGIN = "<!-- requirements: begin -->\n";

	private static final String END = "<!-- requirements: end -->\n";

	private static final String WRITE = "requirements.write";

	private final Map<String, Set<String>> tests = testsByRequirement();

	@Test
	void namesTheTestsThatThereAre() throws IOException {
		String guide = Files.readString(GUIDE);
		int from = guide.indexOf(BEGIN) + BEGIN.length();
		int to = guide.indexOf(END);
		assertThat(to).as("the guide has both marks").isGreaterThanOrEqualTo(from);
		String current = guide.substring(0, from) + table() + guide.substring(to);
		if (Boolean.getBoolean(WRITE)) {
			Files.writeString(GUIDE, current);
			return;
		}
		assertThat(guide)
			.as("docs/listener.md is out of date: run this test with -D" + WRITE
					+ "=true (mvn -o -q -pl eventgrid -am test -Dtest=RequirementTableTests"
					+ " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true) and commit the file")
			.isEqualTo(current);
	}

	@Test
	void leavesNoRequirementWithoutATest() {
		Set<String> unproven = new TreeSet<>(ListenerRequirements.TITLES.keySet());
		unproven.removeAll(this.tests.keySet());
		unproven.removeAll(ListenerRequirements.ELSEWHERE.keySet());
		assertThat(unproven).as("requirements without a test are those that ListenerRequirements.OPEN lists")
			.containsExactlyInAnyOrderElementsOf(ListenerRequirements.OPEN);
	}

	@Test
	void knowsEveryRequirementThatATestNames() {
		assertThat(ListenerRequirements.TITLES.keySet()).containsAll(this.tests.keySet());
	}

	private String table() {
		StringBuilder table = new StringBuilder("| | Promise | Tests |\n|---|---|---|\n");
		ListenerRequirements.TITLES.forEach((number, title) -> table.append("| %s | %s | %s |\n".formatted(number,
				title, String.join("<br>", this.tests.getOrDefault(number, withoutTest(number))))));
		return table.toString();
	}

	private static Set<String> withoutTest(String number) {
		return Set.of(ListenerRequirements.ELSEWHERE.getOrDefault(number, "(open)"));
	}

	private static Map<String, Set<String>> testsByRequirement() {
		try (Stream<Path> files = Files.walk(root())) {
			return files.filter((file) -> file.toString().endsWith(".class"))
				.map(RequirementTableTests::load)
				.flatMap((type) -> Stream.of(type.getDeclaredMethods()))
				.filter((method) -> method.isAnnotationPresent(Requirement.class))
				.flatMap((method) -> Stream.of(method.getAnnotation(Requirement.class).value())
					.map((number) -> Map.entry(number, name(method))))
				.collect(Collectors.groupingBy(Map.Entry::getKey,
						Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Path root() {
		try {
			return Path.of(RequirementTableTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Class<?> load(Path file) {
		String name = root().relativize(file).toString().replaceAll("[/\\\\]", ".").replaceAll("\\.class$", "");
		try {
			return Class.forName(name, false, RequirementTableTests.class.getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String name(Method test) {
		String type = test.getDeclaringClass().getName();
		return "`" + type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + test.getName() + "`";
	}

}
