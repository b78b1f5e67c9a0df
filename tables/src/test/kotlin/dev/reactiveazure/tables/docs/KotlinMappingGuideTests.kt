package dev.reactiveazure.tables.docs

import dev.reactiveazure.tables.mapping.TableMappingContext
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path

/**
 * The guide to mapping shows Kotlin code that compiles, of classes that can be stored.
 */
class KotlinMappingGuideTests {

	@Test
	fun showsOnlyCodeThatCompiles() {
		val snippets = Path.of("src/test/kotlin/dev/reactiveazure/tables/docs/KotlinMappingSnippets.kt")
		val compiled = withoutWhitespace(Files.readString(snippets))

		val blocks = KOTLIN_BLOCK.findAll(Files.readString(Path.of("../docs/tables-template.md")))
			.map { it.groupValues[1] }

		assertThat(blocks.toList()).isNotEmpty().allSatisfy { block ->
			assertThat(compiled).contains(withoutWhitespace(block))
		}
	}

	@Test
	fun showsClassesThatCanBeStored() {
		assertThat(TableMappingContext().getCodec(KotlinMappingSnippets.Purchase::class.java)).isNotNull()
	}

	private fun withoutWhitespace(text: String) = text.replace("\\s+".toRegex(), "")

	private companion object {

		val KOTLIN_BLOCK = "```kotlin\\R(.*?)```".toRegex(RegexOption.DOT_MATCHES_ALL)

	}

}
