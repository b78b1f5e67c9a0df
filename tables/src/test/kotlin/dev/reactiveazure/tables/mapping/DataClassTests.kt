package dev.reactiveazure.tables.mapping

import dev.reactiveazure.tables.Awaited.await
import dev.reactiveazure.tables.ETag
import dev.reactiveazure.tables.MatchCondition
import dev.reactiveazure.tables.Requirement
import dev.reactiveazure.tables.TableEntity
import dev.reactiveazure.tables.TableKey
import dev.reactiveazure.tables.TablesService
import dev.reactiveazure.tables.UpdateMode
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedClass
import org.junit.jupiter.params.provider.EnumSource
import org.springframework.data.annotation.Transient
import org.springframework.data.annotation.Version
import org.springframework.data.mapping.MappingException
import java.math.BigDecimal
import java.time.Instant

/**
 * Kotlin's classes are entities as Java's are, with what Kotlin adds: default arguments, nullable properties, and
 * copies that have another version.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(TablesService::class)
class DataClassTests(service: TablesService) {

	private val table = MappedTable(service)

	@AfterEach
	fun close() = this.table.close()

	@Test
	@Requirement("T1", "T2")
	fun passesThroughEveryOperation() {
		val client = this.table.of(Order::class.java)
		val order = Order("p", "data", BigDecimal("12.50"), note = "fragile", quantity = 3)

		val inserted = await(client.insert(order))
		val found = await(client.get(this.table.key(order)))
		assertThat(inserted.etag).isNotNull().isEqualTo(found.etag)
		assertThat(found).isEqualTo(order.copy(etag = inserted.etag))
		val replaced = await(client.replace(found.copy(quantity = 4), unchanged(found)))
		assertThat(replaced).isEqualTo(found.copy(quantity = 4, etag = replaced.etag))
		assertThat(replaced.etag).isNotEqualTo(found.etag)
		val merged = await(client.merge(replaced.copy(note = "solid"), unchanged(replaced)))
		val upserted = await(client.upsert(merged.copy(total = BigDecimal.ONE), UpdateMode.REPLACE))
		assertThat(await(client.get(this.table.key(order)))).isEqualTo(upserted)
			.isEqualTo(Order("p", "data", BigDecimal.ONE, "solid", 4, upserted.etag))
		assertThat(await(client.delete(this.table.key(order), unchanged(upserted)))).isTrue()
	}

	@Test
	@Requirement("T1")
	fun usesDefaultArgumentsForAbsentColumns() {
		this.table.store(TableEntity.builder("p", "r").put("total", "1.5").build())

		val found = this.table.find(TableKey.of("p", "r"), Order::class.java)

		assertThat(found).isEqualTo(Order("p", "r", BigDecimal("1.5"), etag = found.etag))
		assertThat(found.quantity).isEqualTo(1)
	}

	@Test
	@Requirement("T1")
	fun computesDefaultArgumentsFromOtherOnes() {
		this.table.store(TableEntity.builder("p", "r").put("first", "Ada").put("level", 7).build())

		val found = this.table.find(TableKey.of("p", "r"), Person::class.java)

		assertThat(found).isEqualTo(Person("p", "r", "Ada", "Hello Ada", 7, null, 3, true))
	}

	@Test
	@Requirement("T1", "T8")
	fun keepsNullsOfEveryType() {
		val nothing = Nullables("p", "r", null, null, null, null, null)
		val all = Nullables("p", "s", "", 0, 0.0, false, Instant.EPOCH)

		assertThat(this.table.insertAndFind(nothing)).isEqualTo(nothing)
		assertThat(this.table.insertAndFind(all)).isEqualTo(all)
		assertThat(this.table.stored(nothing).properties()).doesNotContainKeys("text", "number")
	}

	@Test
	@Requirement("T2")
	fun leavesItsArgumentAloneAndKeepsWhatIsNotStored() {
		val before = Session("p", "r", null, "kept")

		val after = this.table.insert(before)

		assertThat(before.etag).isNull()
		assertThat(after.etag).isNotNull()
		assertThat(after).isEqualTo(before.copy(etag = after.etag))
	}

	@Test
	@Requirement("T2")
	fun keepsNullWhereThereIsADefaultInTheCopyThatHasTheVersion() {
		val after = this.table.insert(Noted("p", "r", null))

		assertThat(after.note).isNull()
		assertThat(after.etag).isNotNull()
	}

	@Test
	@Requirement("T1", "T2")
	fun takesClassesThatAreNoDataClasses() {
		val plain = this.table.insert(Plain("p", "plain", null))
		assertThat(plain.etag).isNotNull()
		assertThat(plain.note).isNull()
		assertThat(this.table.insertAndFind(Plain("p", "other", "a")).note).isEqualTo("a")

		val bean = Bean().apply {
			partition = "p"
			row = "bean"
			content = "a"
		}
		assertThat(this.table.insert(bean).etag).isNotNull()
		assertThat(this.table.find(this.table.key(bean), Bean::class.java).content).isEqualTo("a")
	}

	@Test
	@Requirement("T1", "T11")
	fun nestsDataClasses() {
		val parcel = Parcel("p", "r", Address("Main Street"), listOf(Line("tea"), Line("cup", 2)))

		assertThat(this.table.insertAndFind(parcel)).isEqualTo(parcel)
		assertThat(this.table.stored(parcel).properties()).containsEntry("to_street", "Main Street")
			.containsEntry("to_country", "DE")
	}

	@Test
	@Requirement("T1", "T2")
	fun copiesPropertiesOfTheBodyToo() {
		val before = WithBody("p", "r").apply { remark = "kept" }

		val after = this.table.insert(before)

		assertThat(after.etag).isNotNull()
		assertThat(after.remark).isEqualTo("kept")
		assertThat(this.table.find(this.table.key(before), WithBody::class.java).remark).isEqualTo("kept")
	}

	@Test
	@Requirement("T1", "T14")
	fun refusesValueClasses() {
		val remedy = "takes a value class, which can't be mapped: declare the property as what the class holds"
		for (type in listOf(Typed::class.java, Boxed::class.java)) {
			assertThatThrownBy { this.table.of(type) }.isInstanceOf(MappingException::class.java)
				.hasMessageStartingWith("${type.name} can't be stored in a table:\n  - ${type.name}'s constructor $remedy")
		}
		assertThatThrownBy { this.table.of(Outer::class.java) }.isInstanceOf(MappingException::class.java)
			.hasMessageContaining("${Inner::class.java.name}'s constructor $remedy")
	}

	@Test
	@Requirement("T1")
	fun namesThePropertyWhoseColumnIsAbsentAndThatMustNotBeNull() {
		this.table.store(TableEntity.builder("p", "r").put("quantity", 1).build())

		assertThatThrownBy { this.table.find(TableKey.of("p", "r"), Order::class.java) }
			.hasMessageContaining("Order 'p', 'r': Parameter specified as non-null is null")
			.hasMessageContaining("parameter total")
			.hasMessageNotContainingAny("arguments", "etag")
	}

	private fun unchanged(order: Order) = MatchCondition.unchangedSince(ETag.of(order.etag!!))

	@Table("orders")
	data class Order(
		@PartitionKey val customer: String,
		@RowKey val id: String,
		val total: BigDecimal,
		val note: String? = null,
		val quantity: Int = 1,
		@Version val etag: String? = null
	)

	data class Person(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		val first: String,
		val greeting: String = "Hello $first",
		val level: Int = 1,
		val nothing: String? = null,
		val length: Int = first.length,
		val active: Boolean = true
	)

	data class Nullables(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		val text: String?,
		val number: Int?,
		val ratio: Double?,
		val flag: Boolean?,
		val at: Instant?
	)

	data class Session(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		@Version val etag: String?,
		@Transient val session: String = "default"
	)

	data class Noted(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		val note: String? = "default",
		@Version val etag: ETag? = null
	)

	class Plain(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		val note: String? = "default",
		@Version val etag: String? = null
	)

	class Bean {

		@PartitionKey
		var partition: String = ""

		@RowKey
		var row: String = ""

		var content: String? = null

		@Version
		var etag: String? = null

	}

	data class Address(val street: String, val country: String = "DE")

	data class Line(val article: String, val count: Int = 1)

	data class Parcel(
		@PartitionKey val customer: String,
		@RowKey val id: String,
		@Embedded(prefix = "to_") val to: Address,
		@Json val lines: List<Line>
	)

	@JvmInline
	value class CustomerId(val value: String)

	@JvmInline
	value class Amount(val cents: Int)

	data class Typed(@PartitionKey val customer: CustomerId, @RowKey val row: String, @Version val etag: String?)

	data class Boxed(@PartitionKey val partition: String, @RowKey val row: String, val amount: Amount?)

	data class Inner(val amount: Amount)

	data class Outer(@PartitionKey val partition: String, @RowKey val row: String, @Embedded val inner: Inner)

	data class WithBody(
		@PartitionKey val partition: String,
		@RowKey val row: String,
		@Version val etag: String? = null
	) {

		var remark: String? = null

	}

}
