package dev.reactiveazure.eventgrid.listener.method

import dev.reactiveazure.eventgrid.ReceiveOptions
import dev.reactiveazure.eventgrid.ReceivedEvent
import dev.reactiveazure.eventgrid.ReleaseDelay
import dev.reactiveazure.eventgrid.Requirement
import dev.reactiveazure.eventgrid.listener.Disposition
import dev.reactiveazure.eventgrid.listener.EventGridHandler
import dev.reactiveazure.eventgrid.listener.EventGridListener
import dev.reactiveazure.eventgrid.listener.EventOutcome
import dev.reactiveazure.eventgrid.listener.HandlerTimeoutException
import dev.reactiveazure.eventgrid.template.EventType
import io.cloudevents.CloudEvent
import io.micrometer.observation.Observation
import io.micrometer.observation.ObservationRegistry
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.reactor.ReactorContext
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.beans.factory.BeanCreationException
import org.springframework.messaging.handler.annotation.SendTo
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import java.time.Duration
import java.util.concurrent.BlockingQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import java.util.concurrent.atomic.AtomicReference
import kotlin.coroutines.coroutineContext

/**
 * A listener in Kotlin may suspend: the coroutine's end is the event's, its error fails the event, and both a time-out
 * and a stop cancel it.
 */
@Timeout(60)
class SuspendingListenerTests {

	private val application = ListenerApplication().property("timeout", "1h")

	private val failure = AtomicReference<Throwable?>()

	@AfterEach
	fun close() = this.application.close()

	@Test
	@Requirement("L23")
	fun acknowledgesWhenAFunctionWithoutAValueReturns() {
		start(Suspends())

		publish("ok")

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
		assertThat(this.failure.get()).isNull()
	}

	@Test
	@Requirement("L23")
	fun acknowledgesOnlyWhenTheCoroutineHasEnded() {
		val bean = Gated()
		start(bean)
		publish("ok")

		assertThat(bean.begun.await(10, SECONDS)).isTrue()
		assertThat(this.application.furtherEnded()).isZero()
		bean.gate.complete(Unit)

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
	}

	@Test
	@Requirement("L23")
	fun failsTheEventWithAnErrorBeforeTheFirstSuspensionAndAfterIt() {
		start(Suspends())

		for (behaviour in listOf("fail at once", "fail later")) {
			publish(behaviour)
			assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
			assertThat(this.failure.getAndSet(null)).isInstanceOf(IllegalStateException::class.java)
				.hasMessage(behaviour)
		}
	}

	@Test
	@Requirement("L23")
	fun failsTheEventWithATimeOutOrACancellationOfItsOwn() {
		start(Suspends())

		publish("own time-out")
		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(this.failure.getAndSet(null)).isInstanceOf(TimeoutCancellationException::class.java)
		publish("own cancellation")
		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(this.failure.getAndSet(null)).isInstanceOf(CancellationException::class.java)
			.hasMessage("of the handler")
	}

	@Test
	@Requirement("L23", "L26")
	fun isCancelledWhenItsTimeIsOver() {
		val bean = Suspends()
		this.application.property("timeout", "400ms")
		start(bean)

		publish("hang")

		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(this.failure.get()).isInstanceOf(HandlerTimeoutException::class.java)
			.hasMessage("The handler did not end within 400 ms")
		assertThat(bean.cancelled.await(10, SECONDS)).`as`("cancelled").isTrue()
	}

	@Test
	@Requirement("L23", "L30")
	fun isCancelledByAStopAndItsEventGivenBack() {
		val bean = Suspends()
		start(bean)
		publish("hang")
		assertThat(bean.begun.await(10, SECONDS)).isTrue()

		this.application.container().stop()

		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(bean.cancelled.await(10, SECONDS)).`as`("cancelled").isTrue()
		assertThat(this.failure.get()).`as`("a cancelled handler has not failed").isNull()
	}

	@Test
	@Requirement("L23")
	fun cancelsWhatTheCoroutineHasStartedWithIt() {
		val bean = Structured()
		this.application.property("timeout", "400ms")
		start(bean)

		publish("ok")

		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(bean.children.await(10, SECONDS)).`as`("both children cancelled").isTrue()
	}

	@Test
	@Requirement("L23")
	fun mayDecideWhatBecomesOfTheEvent() {
		start(Decides())

		publish("reject")
		assertThat(outcome()).isEqualTo(EventOutcome.REJECTED)
		publish("release")
		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(this.failure.get()).isNull()
	}

	@Test
	@Requirement("L22", "L23")
	fun takesPayloadAndEventAndBelongsToTheEventsType() {
		val bean = Typed()
		start(bean)

		this.application.publish("7", "placed", """{"id":"7","article":"tea"}""")
		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
		this.application.publish("8", "cancelled", "\"8\"")
		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)

		assertThat(bean.seen).containsExactly("OrderPlaced(id=7, article=tea, note=null) of /test",
			"cancelled OrderId(value=8)")
	}

	@Test
	@Requirement("L23", "L25")
	fun sendsItsValueBeforeTheEventIsAcknowledged() {
		start(Bills())

		publish("one")

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
		assertThat(bills(1)).extracting<String> { it.type }.containsExactly("billed")
	}

	@Test
	@Requirement("L23", "L25")
	fun sendsNothingForNull() {
		start(Bills())

		publish("none")
		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
		publish("one")
		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)

		assertThat(bills(1)).extracting<String> { it.type }.containsExactly("billed")
		assertThat(this.application.publishRequests()).`as`("two events and a bill").isEqualTo(3)
	}

	@Test
	@Requirement("L23", "L25")
	fun sendsEachElementOfAFlow() {
		for (bean in listOf(FlowOfBills(), SuspendingFlowOfBills(), ListOfBills())) {
			ListenerApplication().use { application ->
				application.start(bean)
				application.publish("1", "test", "\"x\"")
				assertThat(application.nextEnded().outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
				assertThat(bills(2, application)).`as`(bean.javaClass.simpleName).hasSize(2)
			}
		}
	}

	@Test
	@Requirement("L23", "L25")
	fun failsTheEventWithTheErrorOfAFlow() {
		start(FailingFlow())

		publish("ok")

		assertThat(outcome()).isEqualTo(EventOutcome.RELEASED)
		assertThat(this.failure.get()).hasMessage("in the flow")
	}

	@Test
	@Requirement("L23")
	fun awaitsADeferred() {
		val bean = Defers()
		start(bean)
		publish("ok")
		assertThat(bean.begun.await(10, SECONDS)).isTrue()
		assertThat(this.application.furtherEnded()).isZero()

		bean.gate.complete(Unit)

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
	}

	@Test
	@Requirement("L25")
	fun mustHaveSomethingToSend() {
		assertThatExceptionOfType(BeanCreationException::class.java).isThrownBy { start(SendsUnit()) }
			.withMessageContaining("SendsUnit.handle")
			.withMessageContaining("it has @SendTo, but returns nothing to send")
	}

	@Test
	@Requirement("L23")
	fun mayBeOfAFinalClassAndPrivate() {
		start(Hidden())

		publish("ok")

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
	}

	@Test
	@Requirement("L35")
	fun seesTheObservationOfItsEvent() {
		val bean = Observes()
		val registry = ObservationRegistry.create()
		registry.observationConfig().observationHandler { true }
		this.application.customize { it.observationRegistry(registry) }.start(bean)

		publish("ok")

		assertThat(outcome()).isEqualTo(EventOutcome.ACKNOWLEDGED)
		assertThat(bean.seen.poll(10, SECONDS)).containsExactly("azure.eventgrid.process", "azure.eventgrid.process")
	}

	@Test
	@Requirement("L23", "L24")
	fun mayTakeSeveralEventsAndDecideAboutEach() {
		val bean = TakesSeveral()
		repeat(5) { this.application.publish("$it", "test", """{"id": "$it", "article": "tea"}""") }
		this.application.publish("bad", "test", "[]")

		start(bean)

		val outcomes = (1..6).map { this.application.nextEnded() }.associate { it.eventId() to it.outcome() }
		assertThat(outcomes.filterKeys { it in listOf("2", "bad") }.values).containsOnly(EventOutcome.RELEASED)
		assertThat(outcomes.filterKeys { it !in listOf("2", "bad") }.values).hasSize(4)
			.containsOnly(EventOutcome.ACKNOWLEDGED)
		assertThat(bean.seen.flatten()).containsExactlyInAnyOrder("0", "1", "2", "3", "4")
	}

	private fun start(bean: Any) {
		this.application.customize { factory ->
			factory.errorHandler { _, error ->
				this.failure.set(error)
				Mono.just(Disposition.release(ReleaseDelay.ONE_HOUR))
			}
		}.start(bean)
	}

	private fun publish(behaviour: String) = this.application.publish("1", "test", "\"$behaviour\"")

	private fun outcome() = this.application.nextEnded().outcome()

	private fun bills(count: Long, application: ListenerApplication = this.application): List<CloudEvent> {
		val options = ReceiveOptions.defaults().withMaxEvents(100).withMaxWait(Duration.ofSeconds(10))
		return Flux.defer { application.client.receiver("bills", "all").receive(options) }
			.repeat(10)
			.flatMapIterable { it }
			.map<CloudEvent> { (it as ReceivedEvent.Valid).event() }
			.take(count)
			.collectList()
			.block(Duration.ofSeconds(20))!!
	}

	class Suspends {

		val begun = CountDownLatch(1)

		val cancelled = CountDownLatch(1)

		@EventGridListener(topic = "orders", subscription = "billing", timeout = "\${timeout}")
		suspend fun handle(behaviour: String) {
			check(behaviour != "fail at once") { behaviour }
			withContext(Dispatchers.Default) { yield() }
			check(behaviour != "fail later") { behaviour }
			when (behaviour) {
				"own time-out" -> withTimeout(1) { awaitCancellation() }
				"own cancellation" -> throw CancellationException("of the handler")
				"hang" -> hang()
			}
		}

		private suspend fun hang() {
			try {
				this.begun.countDown()
				awaitCancellation()
			}
			finally {
				this.cancelled.countDown()
			}
		}

	}

	class Gated {

		val begun = CountDownLatch(1)

		val gate = CompletableDeferred<Unit>()

		@EventGridListener(topic = "orders", subscription = "billing")
		suspend fun handle(event: CloudEvent) {
			this.begun.countDown()
			this.gate.await()
			check(event.id == "1")
		}

	}

	class Structured {

		val children = CountDownLatch(2)

		@EventGridListener(topic = "orders", subscription = "billing", timeout = "\${timeout}")
		suspend fun handle(@Suppress("unused") behaviour: String): Unit = coroutineScope {
			repeat(2) {
				async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
					try {
						awaitCancellation()
					}
					finally {
						children.countDown()
					}
				}
			}
		}

	}

	class Decides {

		@EventGridListener(topic = "orders", subscription = "billing")
		suspend fun handle(behaviour: String): Disposition {
			yield()
			return if (behaviour == "reject") Disposition.reject() else Disposition.release(ReleaseDelay.ONE_HOUR)
		}

	}

	data class OrderPlaced(val id: String, val article: String, val note: String?)

	@JvmInline
	value class OrderId(val value: String)

	@EventGridListener(topic = "orders", subscription = "billing")
	class Typed {

		val seen: BlockingQueue<String> = LinkedBlockingQueue()

		@EventGridHandler(types = ["placed"])
		suspend fun placed(order: OrderPlaced, event: CloudEvent) {
			yield()
			this.seen.add("$order of ${event.source}")
		}

		@EventGridHandler(types = ["cancelled"])
		suspend fun cancelled(id: OrderId) {
			yield()
			this.seen.add("cancelled $id")
		}

	}

	@EventType("billed")
	data class Bill(val id: String)

	class Bills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		suspend fun handle(behaviour: String): Bill? {
			yield()
			return if (behaviour == "one") Bill("1") else null
		}

	}

	class FlowOfBills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		fun handle(event: CloudEvent): Flow<Bill> = flowOf(Bill(event.id), Bill("second"))

	}

	class SuspendingFlowOfBills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		suspend fun handle(event: CloudEvent): Flow<Bill> {
			yield()
			return flowOf(Bill(event.id), Bill("second"))
		}

	}

	class ListOfBills {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		suspend fun handle(event: CloudEvent): List<Bill> {
			yield()
			return listOf(Bill(event.id), Bill("second"))
		}

	}

	class FailingFlow {

		@EventGridListener(topic = "orders", subscription = "billing")
		fun handle(event: CloudEvent): Flow<Bill> = flow {
			emit(Bill(event.id))
			error("in the flow")
		}

	}

	@OptIn(DelicateCoroutinesApi::class)
	class Defers {

		val begun = CountDownLatch(1)

		val gate = CompletableDeferred<Unit>()

		@EventGridListener(topic = "orders", subscription = "billing")
		fun handle(event: CloudEvent): Deferred<String> {
			this.begun.countDown()
			return GlobalScope.async {
				gate.await()
				event.id
			}
		}

	}

	class SendsUnit {

		@EventGridListener(topic = "orders", subscription = "billing")
		@SendTo("bills")
		suspend fun handle(@Suppress("unused") event: CloudEvent) = yield()

	}

	class Hidden {

		@EventGridListener(topic = "orders", subscription = "billing")
		@Suppress("unused")
		private suspend fun handle(event: CloudEvent) {
			yield()
			check(event.id == "1")
		}

	}

	class Observes {

		val seen: BlockingQueue<List<String?>> = LinkedBlockingQueue()

		@EventGridListener(topic = "orders", subscription = "billing")
		suspend fun handle(@Suppress("unused") event: CloudEvent) {
			val before = observation()
			val after = withContext(Dispatchers.Default) { observation() }
			this.seen.add(listOf(before, after))
		}

		private suspend fun observation(): String? {
			val context = coroutineContext[ReactorContext]?.context
			return context?.getOrEmpty<Observation>("micrometer.observation")?.orElse(null)?.context?.name
		}

	}

	class TakesSeveral {

		val seen: BlockingQueue<List<String>> = LinkedBlockingQueue()

		@EventGridListener(topic = "orders", subscription = "billing", maxEvents = "10")
		suspend fun handle(orders: List<OrderPlaced>): List<Disposition> {
			yield()
			this.seen.add(orders.map { it.id })
			return orders.map {
				if (it.id == "2") Disposition.release(ReleaseDelay.ONE_HOUR) else Disposition.acknowledge()
			}
		}

	}

}
