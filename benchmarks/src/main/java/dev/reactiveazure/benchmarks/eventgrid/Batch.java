package dev.reactiveazure.benchmarks.eventgrid;

import java.util.List;
import java.util.stream.IntStream;

import dev.reactiveazure.benchmarks.tables.Order;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is published in one request.
 *
 * @param payloads the payloads, at least one
 */
record Batch(List<Payload> payloads) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * Consecutive orders.
	 * @param first the number of the first
	 * @param count how many
	 */
	static Batch of(int first, int count) {
		return new Batch(IntStream.range(first, first + count)
			.mapToObj(Order::numbered)
			.map((order) -> new Payload(order, MAPPER.writeValueAsBytes(order)))
			.toList());
	}

	int size() {
		return this.payloads.size();
	}

	Payload first() {
		return this.payloads.get(0);
	}

	/**
	 * The data of one event.
	 *
	 * @param order what most contenders are given
	 * @param json the same as JSON, for those that are given data prepared
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Payload(Order order, byte[] json) {

	}

}
