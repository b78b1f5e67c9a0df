package dev.reactiveazure.autoconfigure.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide to testing shows code that compiles and passes.
 */
class TestingGuideTests {

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private static final Path HERE = Path.of("src/test/java/dev/reactiveazure/autoconfigure/docs");

	@Test
	void showsOnlyCodeThatCompiles() throws IOException {
		String guide = Files.readString(Path.of("../docs/testing.md"));
		String compiled = withoutWhitespace(compiled());

		List<String> blocks = JAVA_BLOCK.matcher(guide).results().map((result) -> result.group(1)).toList();

		assertThat(blocks).hasSizeGreaterThan(2)
			.allSatisfy((block) -> assertThat(compiled).contains(withoutWhitespace(block)));
	}

	private static String compiled() throws IOException {
		try (Stream<Path> files = Files.list(HERE)) {
			return files.map(TestingGuideTests::read).collect(Collectors.joining());
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withoutWhitespace(String text) {
		return text.replaceAll("\\s+", "");
	}

}
