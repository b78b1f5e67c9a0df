package dev.reactiveazure.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was asked of the template is proven by tests, and the guide says by which.
 */
class RequirementTests {

	/**
	 * What no test proves yet: a number leaves this list with its first test.
	 */
	private static final Set<String> OPEN = Set.of("T33");

	private static final String WRITE_PROPERTY = "docs.write";

	private static final Path GUIDE = Path.of("../docs/tables-template.md");

	private static final String BEGIN = "<!-- requirements: generated from @Requirement tests -->\n";

	private static final String END = "<!-- /requirements -->";

	private static final Map<String, String> TITLES = titles("""
			T1 Records, final classes, beans, withers and Kotlin data classes pass through every operation
			T2 A write returns the entity's new version without another request, and leaves its argument alone
			T3 A stale version stops every kind of write, in a transaction too, and the row stays as it was
			T4 `save` inserts what is new, updates what has a version, upserts the rest
			T5 Merge keeps what replace takes away, and says what it can't do when the update is built
			T6 What does not exist is an empty answer: no error, no failed span, no stack trace
			T7 An insert whose answer was lost recognises its own row
			T8 Values of every type come back equal
			T9 Numbers of another width are read where they fit, else named with property and key
			T10 Names, aliases, transient and read-only properties, converters, enums, naming strategies
			T11 JSON columns, embedded objects, subclasses; sizes are checked before anything is sent
			T12 Values over 64 KiB go into several columns where the class says so; older rows stay readable
			T13 Typed keys sort as their values and come back equal; bad keys fail before any request
			T14 All that is wrong with a mapping is said at once, at start-up
			T15 No map for an entity, and a bound on bytes for a row
			T16 Typed and textual paths make the same filter, for every operator and type
			T17 No value can change what a filter says
			T18 A query's plan is known before it is sent, and scans can be warned of or refused
			T19 Prefixes, ranges and lists become comparisons that the service takes
			T20 A limit is exact and asks for no page too many
			T21 Windows are full, and their positions outlive the JVM
			T22 Continuations of every form go on where they stopped
			T23 A million rows before a slow consumer take flat memory, and cancelling ends the requests
			T24 Projections ask for their columns only
			T25 Counting, asking for existence and deleting by query move keys only
			T26 A streamed bulk answers each item, within the service's limits and bounded memory
			T27 A failed chunk blames the right item, and the others can be saved
			T28 A transaction is all or nothing; what can't be one is refused unsent
			T29 Within a batch only what may pass is tried again, and batches never mix
			T30 Callbacks, auditing and versions are the same for one, for bulk and in transactions
			T31 Each failure has its exception of Spring's
			T32 A table's name by annotation, strategy, prefix, expression, call or tenant; created once
			T33 Repositories (to come)
			T34 Hints and contributions for ahead-of-time processing, tested on the JVM
			T35 The same suite on each service; observations, no thread hops, no cost of absent callbacks
			""");

	private static SortedMap<String, Set<String>> proofs = new TreeMap<>();

	private static Map<String, String> titles(String lines) {
		Map<String, String> titles = new LinkedHashMap<>();
		lines.lines().forEach((line) -> {
			int space = line.indexOf(' ');
			titles.put(line.substring(0, space), line.substring(space + 1));
		});
		return titles;
	}

	@BeforeAll
	static void collect() throws IOException {
		proofs = new TreeMap<>(Comparator.comparingInt((number) -> Integer.parseInt(number.substring(1))));
		MetadataReaderFactory classes = new SimpleMetadataReaderFactory();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:dev/reactiveazure/tables/**/*Tests*.class")) {
			for (MethodMetadata test : classes.getMetadataReader(file)
				.getAnnotationMetadata()
				.getAnnotatedMethods(Requirement.class.getName())) {
				collect(test);
			}
		}
	}

	private static void collect(MethodMetadata test) {
		MergedAnnotation<Requirement> annotation = test.getAnnotations().get(Requirement.class);
		String className = test.getDeclaringClassName();
		String name = className.substring(className.lastIndexOf('.') + 1).replace('$', '.') + "."
				+ test.getMethodName();
		assertThat(test.isAnnotated(Testable.class.getName()) && !test.isAnnotated(Disabled.class.getName()))
			.as(name + " is a test that runs")
			.isTrue();
		for (String number : annotation.getStringArray("value")) {
			assertThat(TITLES).as("the requirement that " + name + " proves").containsKey(number);
			proofs.computeIfAbsent(number, (key) -> new TreeSet<>()).add(name);
		}
	}

	@Test
	void provesEachRequirementThatIsNotOpen() {
		assertThat(TITLES.keySet())
			.allSatisfy(
					(number) -> assertThat(proofs.containsKey(number))
						.as(OPEN.contains(number) ? "%s is proven, so take it off the list of open ones"
								: "%s has a test with @Requirement(\"%<s\")", number)
						.isNotEqualTo(OPEN.contains(number)));
	}

	@Test
	void listsTheProofsInTheGuide() throws IOException {
		String guide = Files.readString(GUIDE);
		assertThat(guide).contains(BEGIN, END);
		String head = guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length());
		String expected = head + table() + guide.substring(guide.indexOf(END));

		if (Boolean.getBoolean(WRITE_PROPERTY)) {
			Files.writeString(GUIDE, expected);
			return;
		}
		assertThat(guide)
			.as("the table in %s; write it anew with -Dtest=RequirementTests -D%s=true", GUIDE, WRITE_PROPERTY)
			.isEqualTo(expected);
	}

	private static String table() {
		StringBuilder table = new StringBuilder("| | Requirement | Proven by |\n|---|---|---|\n");
		TITLES.forEach((number, title) -> table.append("| %s | %s | %s |\n".formatted(number, title, tests(number))));
		return table.toString();
	}

	private static String tests(String number) {
		List<String> tests = proofs.getOrDefault(number, Set.of()).stream().map((name) -> "`" + name + "`").toList();
		return tests.isEmpty() ? "open" : String.join("<br>", tests);
	}

}
