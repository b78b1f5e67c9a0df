package dev.reactiveazure.eventgrid.docs

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path

/**
 * The guide to listeners shows Kotlin code that compiles.
 */
class KotlinListenerGuideTests {

	@Test
	fun showsOnlyCodeThatCompiles() {
		val snippets = Path.of("src/test/kotlin/dev/reactiveazure/eventgrid/docs/KotlinListenerSnippets.kt")
		val compiled = withoutWhitespace(Files.readString(snippets))

		val blocks = KOTLIN_BLOCK.findAll(Files.readString(Path.of("../docs/listener.md"))).map { it.groupValues[1] }

		assertThat(blocks.toList()).isNotEmpty().allSatisfy { block ->
			assertThat(compiled).contains(withoutWhitespace(block))
		}
	}

	private fun withoutWhitespace(text: String) = text.replace("\\s+".toRegex(), "")

	private companion object {

		val KOTLIN_BLOCK = "```kotlin\\R(.*?)```".toRegex(RegexOption.DOT_MATCHES_ALL)

	}

}
