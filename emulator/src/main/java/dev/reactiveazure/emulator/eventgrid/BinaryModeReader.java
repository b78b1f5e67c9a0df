package dev.reactiveazure.emulator.eventgrid;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.reactiveazure.emulator.http.EmulatorRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Turns a publish request in binary mode, attributes in {@code ce-} headers and data in
 * the body, into the structured form that receivers get. Attribute types are lost: all
 * become strings.
 */
final class BinaryModeReader {

	private static final String PREFIX = "ce-";

	private final JsonFactory json;

	BinaryModeReader(JsonFactory json) {
		this.json = json;
	}

	static boolean matches(EmulatorRequest request) {
		return request.headerNames().stream().anyMatch(BinaryModeReader::isAttribute);
	}

	/**
	 * Writes the event as one JSON object. Whether it is a valid event is left to the
	 * reader of the structured form.
	 * @throws Problem if a header or JSON data can't be read
	 */
	byte[] toStructured(EmulatorRequest request) {
		ByteArrayOutputStream event = new ByteArrayOutputStream(request.body().length + 256);
		try (JsonGenerator generator = this.json.createGenerator(ObjectWriteContext.empty(), event)) {
			generator.writeStartObject();
			request.headerNames()
				.stream()
				.filter(BinaryModeReader::isAttribute)
				.forEach((header) -> writeAttribute(generator, header, String.valueOf(request.header(header))));
			writeData(generator, request.header("Content-Type"), request.body());
			generator.writeEndObject();
		}
		return event.toByteArray();
	}

	private static void writeAttribute(JsonGenerator generator, String header, String value) {
		String name = header.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
		if (name.equals("datacontenttype") || name.equals("data") || name.equals("data_base64")) {
			throw Problem.badRequest("The header `ce-" + name + "` is not allowed in binary mode");
		}
		generator.writeStringProperty(name, decode(name, unquote(value)));
	}

	private void writeData(JsonGenerator generator, @Nullable String contentType, byte[] body) {
		if (contentType != null) {
			generator.writeStringProperty("datacontenttype", contentType);
		}
		if (body.length == 0) {
			return;
		}
		if (contentType != null && isJson(contentType)) {
			requireJson(body);
			generator.writeName("data");
			generator.writeRawValue(new String(body, StandardCharsets.UTF_8));
		}
		else {
			generator.writeBinaryProperty("data_base64", body);
		}
	}

	private void requireJson(byte[] body) {
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			parser.nextToken();
			parser.skipChildren();
			if (parser.nextToken() != null) {
				throw Problem.badRequest("There is text after the end of the JSON data.");
			}
		}
		catch (JacksonException ex) {
			throw Problem.badRequest("The data is not valid JSON: " + ex.getOriginalMessage());
		}
	}

	private static boolean isAttribute(String header) {
		return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
	}

	private static boolean isJson(String contentType) {
		int parameters = contentType.indexOf(';');
		String type = ((parameters < 0) ? contentType : contentType.substring(0, parameters)).trim()
			.toLowerCase(Locale.ROOT);
		return type.endsWith("/json") || type.endsWith("+json");
	}

	private static String unquote(String value) {
		if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
			return value;
		}
		return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
	}

	/** Exactly one round of percent-decoding; what it gives must be UTF-8. */
	private static String decode(String name, String value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
		byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < encoded.length; i++) {
			int escaped = (encoded[i] == '%' && i + 2 < encoded.length) ? hex(encoded[i + 1], encoded[i + 2]) : -1;
			bytes.write((escaped < 0) ? encoded[i] : escaped);
			i += (escaped < 0) ? 0 : 2;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
		}
		catch (CharacterCodingException ex) {
			throw Problem.badRequest("`" + name + "` is not valid UTF-8 after percent-decoding");
		}
	}

	private static int hex(byte high, byte low) {
		int first = Character.digit(high, 16);
		int second = Character.digit(low, 16);
		return (first < 0 || second < 0) ? -1 : first * 16 + second;
	}

}
