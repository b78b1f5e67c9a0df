package dev.reactiveazure.tables.conformance;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an entity's properties the slow and simple way, to compare with.
 */
final class TreeReader {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private TreeReader() {
	}

	/**
	 * Read an entity.
	 * @throws RuntimeException if it is none
	 */
	static Map<String, Object> read(byte[] body) {
		return properties(JSON.readTree(body));
	}

	/**
	 * Read a page's entities, each with its keys.
	 * @throws RuntimeException if it is none, or an entity has no key
	 */
	static List<Map<String, Object>> readPage(byte[] body) {
		List<Map<String, Object>> rows = new ArrayList<>();
		for (JsonNode row : JSON.readTree(body).required("value")) {
			Map<String, Object> properties = properties(row);
			for (String key : List.of("PartitionKey", "RowKey")) {
				properties.put(key, row.required(key).stringValue());
			}
			rows.add(properties);
		}
		return rows;
	}

	private static Map<String, Object> properties(JsonNode root) {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> member : root.properties()) {
			String name = member.getKey();
			boolean ofTheService = name.startsWith("odata.") || name.contains("@") || name.equals("PartitionKey")
					|| name.equals("RowKey") || name.equals("Timestamp");
			if (!ofTheService && !member.getValue().isNull()) {
				properties.put(name, value(member.getValue(), root.path(name + "@odata.type").asString("")));
			}
		}
		return properties;
	}

	private static Object value(JsonNode node, String type) {
		return switch (type) {
			case "Edm.Int64" -> Long.valueOf(node.asString());
			case "Edm.Int32" -> Integer.valueOf(node.asString());
			case "Edm.Double" -> Double.valueOf(node.asString());
			case "Edm.Boolean" -> Boolean.valueOf(node.asString());
			case "Edm.DateTime" -> moment(node.asString());
			case "Edm.Guid" -> UUID.fromString(node.asString());
			case "Edm.Binary" -> Base64.getDecoder().decode(node.asString());
			case "Edm.String" -> node.stringValue();
			case "" -> untyped(node);
			default -> throw new IllegalArgumentException(type);
		};
	}

	/**
	 * A moment without a zone is of UTC.
	 */
	private static Instant moment(String text) {
		try {
			return OffsetDateTime.parse(text).toInstant();
		}
		catch (DateTimeParseException ex) {
			return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
		}
	}

	private static Object untyped(JsonNode node) {
		if (node.isInt()) {
			return node.intValue();
		}
		if (node.isLong()) {
			return node.longValue();
		}
		if (node.isBoolean()) {
			return node.booleanValue();
		}
		return node.isNumber() ? (Object) node.doubleValue() : node.stringValue();
	}

}
