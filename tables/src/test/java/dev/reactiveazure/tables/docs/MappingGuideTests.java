package dev.reactiveazure.tables.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The guide to mapping shows code that compiles, of classes that can be stored.
 */
class MappingGuideTests {

	private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

	private final MappingGuideSnippets snippets = new MappingGuideSnippets();

	@Test
	void showsOnlyCodeThatCompiles() throws IOException {
		String guide = Files.readString(Path.of("../docs/tables-template.md"));
		String mapping = guide.substring(guide.indexOf("\n## Mapping"), guide.indexOf("\n## Operations"));
		String compiled = withoutWhitespace(
				Files.readString(Path.of("src/test/java/dev/reactiveazure/tables/docs/MappingGuideSnippets.java")));

		List<String> blocks = JAVA_BLOCK.matcher(mapping)
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();

		assertThat(blocks).hasSizeGreaterThan(6)
			.allSatisfy((block) -> assertThat(compiled).contains(withoutWhitespace(block)));
	}

	private static String withoutWhitespace(String text) {
		return text.replaceAll("\\s+", "");
	}

	@Test
	void showsClassesThatCanBeStored() {
		TableMappingContext mapping = this.snippets.options();

		assertThat(List.of(MappingGuideSnippets.Purchase.class, MappingGuideSnippets.Reading.class,
				MappingGuideSnippets.Parcel.class, MappingGuideSnippets.Payment.class,
				MappingGuideSnippets.Customer.class))
			.allSatisfy((type) -> assertThat(mapping.getCodec(type)).isNotNull());
		assertThat(this.snippets.key(mapping, Instant.parse("9999-12-31T23:59:59.999999999Z")))
			.isEqualTo(TableKey.of("eu|st%2F4", "000000000000000000000"));
	}

}
