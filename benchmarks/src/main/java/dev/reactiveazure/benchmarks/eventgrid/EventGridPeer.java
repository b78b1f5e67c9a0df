package dev.reactiveazure.benchmarks.eventgrid;

import org.reactivestreams.Publisher;

/**
 * A client of Event Grid that competes. Each publisher does its work when it is
 * subscribed to.
 */
interface EventGridPeer {

	/** The topic that all works use. */
	String TOPIC = "orders";

	/** The subscription that never runs out of events. */
	String SUBSCRIPTION = "billing";

	/** A key; the stub does not look at it. */
	String KEY = "c3R1Yi1rZXktb2YtdGhlLWJlbmNobWFya3MtMDEyMzQ1Njc4OWFiY2RlZg==";

	/** Where events come from. */
	String SOURCE = "https://shop.example.com/orders";

	/** The type of the events. */
	String TYPE = "com.example.shop.OrderPlaced";

	/**
	 * Publishes an event for each payload in one request.
	 */
	Publisher<?> publish(Batch batch);

}
