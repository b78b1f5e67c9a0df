package dev.reactiveazure.eventgrid.docs

import dev.reactiveazure.eventgrid.listener.EventGridListener
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.springframework.messaging.handler.annotation.SendTo

/**
 * The Kotlin code of the guide to listeners, as it stands there.
 */
class KotlinListenerSnippets(private val prices: (String) -> Int?) {

	data class OrderPlaced(val id: String)

	data class Bill(val order: String, val total: Int)

	@EventGridListener(topic = "orders", subscription = "billing", timeout = "30s")
	@SendTo("bills")
	suspend fun bill(order: OrderPlaced): Bill? {
		val total = withContext(Dispatchers.IO) { prices(order.id) } // blocks
		return total?.let { Bill(order.id, it) }
	}

}
