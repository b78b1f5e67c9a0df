package dev.reactiveazure.benchmarks.stub;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The rows of the stub's tables as JSON: orders of two keys and fifteen typed properties,
 * about 640 bytes each with minimal metadata. A row is a function of its number.
 */
final class Rows {

	static final String ETAG = "W/\"datetime'2026-11-22T05%3A30%3A47.1234567Z'\"";

	private static final String ACCOUNT = "http://127.0.0.1/devstoreaccount1/";

	private static final String TIMESTAMP = "2026-11-22T05:30:47.1234567Z";

	private static final OffsetDateTime FIRST = OffsetDateTime.of(2026, 11, 21, 6, 0, 0, 123_456_700, ZoneOffset.UTC);

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSX",
			Locale.ROOT);

	private static final List<String> STATUS = List.of("PLACED", "BILLED", "SHIPPED");

	private final String table;

	private final boolean mixed;

	private final MetadataLevel level;

	/**
	 * Create the rows of a table.
	 * @param table the table's name
	 * @param mixed whether the rows differ in the order and number of their properties
	 * @param level the metadata beside the properties
	 */
	Rows(String table, boolean mixed, MetadataLevel level) {
		this.table = table;
		this.mixed = mixed;
		this.level = level;
	}

	/**
	 * The body that answers a query with the first so many rows.
	 */
	String page(int rows) {
		StringBuilder json = new StringBuilder(rows * 900).append('{');
		if (this.level != MetadataLevel.NONE) {
			json.append("\"odata.metadata\":\"" + ACCOUNT + "$metadata#").append(this.table).append("\",");
		}
		json.append("\"value\":[");
		for (int row = 0; row < rows; row++) {
			json.append((row == 0) ? "{" : ",{");
			appendRow(json, row);
			json.append('}');
		}
		return json.append("]}").toString();
	}

	/**
	 * The body that answers a request for one row.
	 */
	String single(int row) {
		StringBuilder json = new StringBuilder(1024).append('{');
		if (this.level != MetadataLevel.NONE) {
			json.append("\"odata.metadata\":\"" + ACCOUNT + "$metadata#").append(this.table).append("/@Element\",");
		}
		appendRow(json, row);
		return json.append('}').toString();
	}

	private void appendRow(StringBuilder json, int row) {
		String address = this.table + "(PartitionKey='" + customer(row) + "',RowKey='" + id(row) + "')";

		if (this.level == MetadataLevel.FULL) {
			json.append("\"odata.type\":\"devstoreaccount1.").append(this.table).append("\",");
			json.append("\"odata.id\":\"" + ACCOUNT).append(address).append("\",");
		}
		if (this.level != MetadataLevel.NONE) {
			json.append("\"odata.etag\":\"").append(ETAG.replace("\"", "\\\"")).append("\",");
		}
		if (this.level == MetadataLevel.FULL) {
			json.append("\"odata.editLink\":\"").append(address).append("\",");
		}
		json.append("\"PartitionKey\":\"").append(customer(row)).append("\",");
		json.append("\"RowKey\":\"").append(id(row)).append("\",");
		if (this.level == MetadataLevel.FULL) {
			json.append("\"Timestamp@odata.type\":\"Edm.DateTime\",");
		}
		json.append("\"Timestamp\":\"" + TIMESTAMP + "\"");
		for (Property property : this.mixed ? mixed(row) : properties(row)) {
			property.append(json, this.level);
		}
	}

	private static String customer(int row) {
		return String.format("customer-%04d", row % 1000);
	}

	private static String id(int row) {
		return String.format("order-%08d", row);
	}

	private static List<Property> properties(int row) {
		OffsetDateTime placed = FIRST.plusSeconds(row);
		return List.of(new Property("number", "Edm.Int64", quoted(Long.toString(4_200_000_000L + row))),
				new Property("total", null, Double.toString(10.25 + row % 1000)),
				new Property("tax", null, Double.toString(0.5 + row % 100)),
				new Property("quantity", null, Integer.toString(1 + row % 9)),
				new Property("priority", null, Integer.toString(row % 3)),
				new Property("paid", null, Boolean.toString(row % 2 == 0)),
				new Property("express", null, Boolean.toString(row % 5 == 0)),
				new Property("placedAt", "Edm.DateTime", quoted(DATE.format(placed))),
				new Property("shippedAt", "Edm.DateTime", quoted(DATE.format(placed.plusDays(1)))),
				new Property("reference", "Edm.Guid", quoted(String.format("1a2b3c4d-5e6f-4a7b-8c9d-%012x", row))),
				new Property("status", null, quoted(STATUS.get(row % 3))),
				new Property("currency", null, quoted("EUR")), new Property("city", null, quoted("Amsterdam")),
				new Property("email", null, quoted(String.format("ada.%04d@example.com", row % 1000))),
				new Property("note", null, quoted("Ring twice")));
	}

	/**
	 * Eight shapes in turn, each with its own order of properties, seven of them without
	 * some that a row may lack.
	 */
	private static List<Property> mixed(int row) {
		int shape = row % 8;
		List<Property> properties = new ArrayList<>(properties(row));
		properties.removeIf((property) -> (shape & 1) != 0 && property.name.equals("shippedAt")
				|| (shape & 2) != 0 && property.name.equals("email")
				|| (shape & 4) != 0 && property.name.equals("note"));
		Collections.rotate(properties, shape);
		return properties;
	}

	private static String quoted(String value) {
		return '"' + value + '"';
	}

	private record Property(String name, @Nullable String annotation, String json) {

		void append(StringBuilder out, MetadataLevel level) {
			if (this.annotation != null && level != MetadataLevel.NONE) {
				out.append(",\"").append(this.name).append("@odata.type\":\"").append(this.annotation).append('"');
			}
			out.append(",\"").append(this.name).append("\":").append(this.json);
		}

	}

}
