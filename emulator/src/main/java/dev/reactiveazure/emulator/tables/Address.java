package dev.reactiveazure.emulator.tables;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.reactiveazure.emulator.http.Percent;

/**
 * What a request's path names, behind the account.
 */
sealed interface Address {

	/** The account itself. */
	record Service() implements Address {

	}

	/** The list of tables. */
	record Tables() implements Address {

	}

	/** One entry of the list of tables. */
	record TableEntry(String table) implements Address {

	}

	/** The entities of a table. */
	record Entities(String table) implements Address {

	}

	/** One entity. */
	record Entity(String table, EntityKey key) implements Address {

	}

	/** The place for entity group transactions. */
	record Batch() implements Address {

	}

	/**
	 * Parses the part of a raw path that follows the account.
	 */
	static Address parse(String rawPath) {
		String path = Percent.decode(rawPath.startsWith("/") ? rawPath.substring(1) : rawPath);
		if (path.isEmpty()) {
			return new Service();
		}
		if (path.toLowerCase(Locale.ROOT).equals("$batch")) {
			return new Batch();
		}
		int open = path.indexOf('(');
		String name = (open < 0) ? path : path.substring(0, open);
		String keys = (open < 0) ? "()" : path.substring(open);
		if (name.equalsIgnoreCase("Tables")) {
			return tables(keys);
		}
		Limits.checkTable(name);
		return keys.equals("()") ? new Entities(name) : new Entity(name, Parser.entityKey(keys));
	}

	private static Address tables(String keys) {
		if (keys.equals("()")) {
			return new Tables();
		}
		Matcher matcher = Parser.TABLE_KEY.matcher(keys);
		if (!matcher.matches()) {
			throw Parser.wrongKeys();
		}
		return new TableEntry(Parser.unquote(matcher.group(1)));
	}

	/**
	 * The relative address of an entity as the service shows it: quotes doubled but raw,
	 * the rest encoded.
	 */
	static String entityPath(String table, EntityKey key) {
		return table + "(PartitionKey='" + shown(key.partition()) + "',RowKey='" + shown(key.row()) + "')";
	}

	private static String shown(String key) {
		return Percent.encode(key).replace("%27", "''");
	}

	/**
	 * The grammar of the keys in parentheses.
	 */
	final class Parser {

		private static final String LITERAL = "'((?:[^']++|'')*+)'";

		static final Pattern TABLE_KEY = Pattern.compile("\\((?:TableName=)?" + LITERAL + "\\)", Pattern.DOTALL);

		private static final Pattern PARTITION_FIRST = Pattern
			.compile("\\(PartitionKey=" + LITERAL + ",\\s*RowKey=" + LITERAL + "\\)", Pattern.DOTALL);

		private static final Pattern ROW_FIRST = Pattern
			.compile("\\(RowKey=" + LITERAL + ",\\s*PartitionKey=" + LITERAL + "\\)", Pattern.DOTALL);

		private Parser() {
		}

		static EntityKey entityKey(String keys) {
			Matcher partitionFirst = PARTITION_FIRST.matcher(keys);
			if (partitionFirst.matches()) {
				return checked(partitionFirst.group(1), partitionFirst.group(2));
			}
			Matcher rowFirst = ROW_FIRST.matcher(keys);
			if (rowFirst.matches()) {
				return checked(rowFirst.group(2), rowFirst.group(1));
			}
			throw wrongKeys();
		}

		private static EntityKey checked(String partition, String row) {
			EntityKey key = new EntityKey(unquote(partition), unquote(row));
			Limits.checkAddressKey(key);
			return key;
		}

		static String unquote(String literal) {
			return literal.replace("''", "'");
		}

		static Refusal wrongKeys() {
			return Refusal.invalidInput("The number of keys specified in the URI does not match number of key "
					+ "properties for the resource.");
		}

	}

}
