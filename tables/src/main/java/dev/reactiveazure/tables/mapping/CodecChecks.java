package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.TableServiceKind;
import dev.reactiveazure.tables.mapping.Column.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.MappingException;

/**
 * Collects what is wrong with a class, each mistake with its remedy.
 */
final class CodecChecks {

	static final ColumnType TEXT = new ColumnType(EdmType.STRING, true, false, Function.identity(),
			Function.identity());

	private static final Pattern COLUMN_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]{0,254}");

	private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{2,62}");

	private static final Set<String> OWN = Set.of("PartitionKey", "RowKey", "Timestamp");

	private static final Set<String> COSMOS_OWN = Set.of("id", "rid", "etag", "resourceid");

	private static final String NO_SEPARATORS = "-:.~%/\\#?";

	private static final int MOST_COLUMNS = 252;

	private final TablePersistentEntity<?> entity;

	private final TableMappingOptions options;

	private final List<String> problems;

	CodecChecks(TablePersistentEntity<?> entity, TableMappingOptions options) {
		this.entity = entity;
		this.options = options;
		this.problems = new ArrayList<>(entity.problems());
	}

	void add(String problem) {
		if (!this.problems.contains(problem)) {
			this.problems.add(problem);
		}
	}

	void check(boolean wrong, String problem) {
		if (wrong) {
			add(problem);
		}
	}

	/**
	 * Throw what has been found.
	 * @throws MappingException if anything has
	 */
	void fail() {
		if (!this.problems.isEmpty()) {
			throw new MappingException(this.entity.getType().getName() + " can't be stored in a table:\n  - "
					+ String.join("\n  - ", this.problems));
		}
	}

	boolean accessible(TablePersistentProperty property, String path, @Nullable MethodHandle getter, boolean settable) {
		check(getter == null, "property '" + path + property.getName() + "' can't be read");
		check(!settable, "property '" + path + property.getName()
				+ "' can't be set: give it to the constructor, add a setter, or mark it @Transient");
		return getter != null && settable;
	}

	@Nullable Object defaultValue(TablePersistentProperty property, String path, String text) {
		ColumnType type = property.columnTypeOrNull();
		try {
			return (type != null) ? type.parse(text) : null;
		}
		catch (RuntimeException ex) {
			add("property '" + path + property.getName() + "' is a " + property.getType().getName()
					+ ", and its default '" + text + "' is none: " + ex.getMessage());
			return null;
		}
	}

	void timestamp(TablePersistentProperty property, String path) {
		boolean moment = property.getType() == Instant.class || property.getType() == OffsetDateTime.class;
		check(property.isTimestamp() && !moment, "property '" + path + "' is the @Timestamp and must be an Instant or "
				+ "an OffsetDateTime, not a " + property.getType().getName());
	}

	void unmapped(TablePersistentProperty property, String path, boolean another) {
		boolean map = property.getType() == Map.class;
		check(!map, "property '" + path + "' is @Unmapped and must be a Map<String, Object>, not a "
				+ property.getType().getName());
		check(another, "property '" + path + "' is @Unmapped, which one property of the entity itself can be");
	}

	void embeddedVersion(TablePersistentEntity<?> type, String path) {
		TablePersistentProperty version = type.getVersionProperty();
		check(version != null, "property '" + path + "." + ((version != null) ? version.getName() : "")
				+ "' is a @Version, which only the entity itself has");
	}

	/**
	 * Return whether a key is one.
	 */
	boolean key(KeyColumn key) {
		String annotation = "@" + key.name();
		List<MappedProperty> properties = key.properties();
		if (key.fixed() != null) {
			check(!properties.isEmpty(),
					"@Table fixes the " + key.name() + ", and a property is marked " + annotation + ", too");
			return properties.isEmpty();
		}
		if (properties.isEmpty()) {
			add("no property is marked " + annotation);
			return false;
		}
		Map<Integer, String> orders = new HashMap<>();
		boolean typed = true;
		for (MappedProperty property : properties) {
			String other = orders.putIfAbsent(property.property().keyOrder(), property.path());
			check(other != null, "two properties are marked " + annotation + ", '" + other + "' and '" + property.path()
					+ "', without an order between them: number them with order");
			typed &= property.property().typeProblem() == null;
		}
		return typed && separable(key);
	}

	private boolean separable(KeyColumn key) {
		char separator = key.separator();
		boolean wrong = key.isComposite() && (Character.isLetterOrDigit(separator)
				|| NO_SEPARATORS.indexOf(separator) >= 0 || separator < 0x20 || separator >= 0x7f);
		check(wrong, "'" + separator + "' can't separate the parts of the " + key.name()
				+ ": take one character that is no letter, digit or one of - : . ~ % / \\ # ?");
		for (int i = 0; i < key.properties().size() - 1; i++) {
			check(key.part(i).mayContain(separator), "property '" + key.properties().get(i).path()
					+ "' is encoded by BASE64URL, which has the separator '" + separator + "'");
		}
		return !wrong;
	}

	void checkEntity(List<Column> columns) {
		if (!this.entity.hasTableNameExpression() && !TABLE_NAME.matcher(this.entity.tableName()).matches()
				&& this.options.service() == TableServiceKind.STORAGE) {
			add("'" + this.entity.tableName() + "' can't be the name of a table, which takes 3 to 63 letters (a-z, "
					+ "A-Z) and digits, a letter first: name one with @Table");
		}
		Map<String, Column> names = new HashMap<>();
		Set<String> written = new HashSet<>();
		for (Column column : columns) {
			Column other = names.putIfAbsent(column.name(), column);
			check(other != null, "two properties are stored as '" + column.name() + "'"
					+ ((other != null) ? ": '" + other.property() + "' and '" + column.property() + "'" : ""));
			name(column);
			if (column.kind() == Kind.DATA) {
				written.add(column.name());
			}
		}
		check(written.size() > MOST_COLUMNS,
				"it has " + written.size() + " properties, of which an entity takes " + MOST_COLUMNS);
	}

	private void name(Column column) {
		String name = column.name();
		check(!COLUMN_NAME.matcher(name).matches(), "'" + name + "' can't be the name of a column, which takes "
				+ "letters, digits and '_', no digit first: name it with @Property");
		check(OWN.contains(name) && column.kind() == Kind.DATA,
				"property '" + column.property() + "' has the name of the service's own '" + name + "': mark it @"
						+ name + ", or name it with @Property");
		boolean cosmos = this.options.service() == TableServiceKind.COSMOS
				&& COSMOS_OWN.contains(name.toLowerCase(java.util.Locale.ROOT));
		check(cosmos && column.kind() != Kind.READ, "property '" + column.property() + "' has the name '" + name
				+ "', which Cosmos DB keeps for itself: name it with @Property");
	}

}
