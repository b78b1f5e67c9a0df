package dev.reactiveazure.tables.docs

import dev.reactiveazure.tables.mapping.PartitionKey
import dev.reactiveazure.tables.mapping.RowKey
import dev.reactiveazure.tables.mapping.Table
import org.springframework.data.annotation.Version
import java.math.BigDecimal

/**
 * The Kotlin code of the guide to mapping, as it stands there.
 */
class KotlinMappingSnippets {

	@Table("purchases")
	data class Purchase(
		@PartitionKey val customer: String,
		@RowKey val id: String,
		val total: BigDecimal,
		val note: String? = null,
		val quantity: Int = 1,
		@Version val etag: String? = null
	)

}
