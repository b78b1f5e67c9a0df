package dev.reactiveazure.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Answers to receive, without end: about 1 KB an event, an order as its payload. Each
 * event has an id and a lock token that no other event had before.
 */
final class EventSource {

	/** Where the serial number of an event goes: sixteen hexadecimal digits. */
	private static final String SERIAL = "@@@@@@@@@@@@@@@@";

	private static final String EVENT = """
			{"brokerProperties":{"lockToken":"CiYKJDE1QjMyMDAwLTdGMkQtNDU1RC1BQTkwLTM0RTU4MzhCRDI3OBISChDfU/%sZ1U8+vJ5l8Z2mZwA4EbQ==",\
			"deliveryCount":1},\
			"event":{"specversion":"1.0","id":"4d1f6a52-8c1e-4b0f-%s",\
			"source":"https://shop.example.com/orders","type":"com.example.shop.OrderPlaced",\
			"subject":"orders/customer-0042/order-00000042","time":"2026-11-22T05:30:47.1234567Z",\
			"datacontenttype":"application/json",\
			"data":{"customer":"customer-0042","id":"order-00000042","number":4200000042,"total":52.25,"tax":42.5,\
			"quantity":7,"priority":0,"paid":true,"express":false,"placedAt":"2026-11-21T06:00:42.1234567Z",\
			"shippedAt":"2026-11-22T06:00:42.1234567Z","reference":"1a2b3c4d-5e6f-4a7b-8c9d-00000000002a",\
			"status":"PLACED","currency":"EUR","city":"Amsterdam","email":"ada.0042@example.com",\
			"note":"Ring twice"}}}"""
		.formatted(SERIAL, SERIAL);

	private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private final Map<Integer, Template> templates = new HashMap<>();

	private long serial;

	/**
	 * The body of the next answer.
	 * @param count how many events it holds
	 */
	ByteBuf next(int count) {
		Template template = this.templates.computeIfAbsent(count, Template::of);
		byte[] body = template.body.getBytes(StandardCharsets.US_ASCII);

		for (int event = 0; event < count; event++) {
			this.serial++;
			writeSerial(body, template.positions.get(2 * event));
			writeSerial(body, template.positions.get(2 * event + 1));
		}
		return Unpooled.wrappedBuffer(body);
	}

	private void writeSerial(byte[] body, int position) {
		for (int digit = 0; digit < SERIAL.length(); digit++) {
			body[position + digit] = DIGITS[(int) (this.serial >>> (60 - 4 * digit)) & 0xf];
		}
	}

	/**
	 * An answer with gaps for the serial numbers, two an event.
	 */
	private record Template(String body, List<Integer> positions) {

		static Template of(int count) {
			String body = "{\"value\":[" + String.join(",", Collections.nCopies(count, EVENT)) + "]}";
			List<Integer> positions = new ArrayList<>();
			for (int at = body.indexOf(SERIAL); at >= 0; at = body.indexOf(SERIAL, at + 1)) {
				positions.add(at);
			}
			return new Template(body, positions);
		}

	}

}
