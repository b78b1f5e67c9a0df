package dev.reactiveazure.tables.mapping;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.UpdateMode;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.core.TypeInformation;
import org.springframework.data.mapping.PersistentProperty;
import org.springframework.data.mapping.model.BasicPersistentEntity;
import org.springframework.data.support.IsNewStrategy;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * A class that is stored in a table.
 *
 * @param <T> the class
 */
public class TablePersistentEntity<T> extends BasicPersistentEntity<T, TablePersistentProperty> {

	private final TableMappingContext mapping;

	private final MergedAnnotation<Table> table;

	private final String tableName;

	private final @Nullable TypeDiscriminator discriminator;

	private final List<String> problems = new ArrayList<>();

	private volatile @Nullable List<MappedProperty> columns;

	private volatile @Nullable KeyColumn partitionKey;

	private volatile @Nullable KeyColumn rowKey;

	/**
	 * Create the entity.
	 * @param information the class
	 * @param mapping knows the classes of embedded objects
	 */
	@SuppressWarnings("this-escape")
	public TablePersistentEntity(TypeInformation<T> information, TableMappingContext mapping) {
		super(information);
		this.mapping = mapping;
		this.table = MergedAnnotations.from(information.getType(), SearchStrategy.TYPE_HIERARCHY).get(Table.class);
		this.tableName = findTableName(information.getType());
		this.discriminator = TypeDiscriminator.of(information.getType());
	}

	private String findTableName(Class<?> type) {
		String name = this.table.isPresent() ? this.table.getString("name") : "";
		if (StringUtils.hasText(name)) {
			return name;
		}
		Class<?> declaring = (this.table.getSource() instanceof Class<?> source) ? source : type;
		return this.mapping.options().naming().tableName(declaring);
	}

	@Override
	public void addPersistentProperty(TablePersistentProperty property) {
		if (property.isVersionProperty() && hasVersionProperty()) {
			this.problems.add("two properties are marked @Version: '" + getRequiredVersionProperty().getName()
					+ "' and '" + property.getName() + "'");
			return;
		}
		if (property.isIdProperty() && hasIdProperty()) {
			this.problems.add("two properties are marked @Id: '" + getRequiredIdProperty().getName() + "' and '"
					+ property.getName() + "'");
			return;
		}
		super.addPersistentProperty(property);
	}

	/**
	 * Return what was wrong with the class before its properties were looked at.
	 */
	List<String> problems() {
		return this.problems;
	}

	/**
	 * Return the name of the table that entities are stored in, or the expression that it
	 * comes from.
	 */
	public String tableName() {
		return this.tableName;
	}

	/**
	 * Return whether the table's name is an expression, <code>#{..}</code>, or has
	 * placeholders, <code>${..}</code>, so that it is known only when it is used.
	 */
	public boolean hasTableNameExpression() {
		return this.tableName.contains("#{") || this.tableName.contains("${");
	}

	/**
	 * Return what updates and upserts do with columns that an entity has no value for.
	 * @return the mode; {@code null} where the class does not say
	 */
	public @Nullable UpdateMode updateMode() {
		UpdateMode[] modes = this.table.isPresent() ? this.table.getEnumArray("updateMode", UpdateMode.class)
				: new UpdateMode[0];
		return (modes.length > 0) ? modes[0] : null;
	}

	/**
	 * Return the filter for rows of this class in a table that classes share by
	 * {@link Discriminator}.
	 * @return the filter in the service's language; {@code null} where all rows are
	 */
	public @Nullable String typeFilter() {
		return (this.discriminator != null) ? this.discriminator.filter(getType()) : null;
	}

	/**
	 * Return how many comparisons {@link #typeFilter()} makes.
	 */
	public int typeComparisons() {
		return (typeFilter() != null && this.discriminator != null) ? this.discriminator.typesOf(getType()).size() : 0;
	}

	/**
	 * Return the column that tells classes apart which share a table.
	 * @return its name; {@code null} where the class does not share its table
	 */
	public @Nullable String typeColumn() {
		return (this.discriminator != null) ? this.discriminator.column() : null;
	}

	/**
	 * Return the partition key of all entities.
	 * @return the key; {@code null} where properties make it up
	 */
	public @Nullable String fixedPartitionKey() {
		return partitionKey().fixed();
	}

	/**
	 * Return the row key of all entities.
	 * @return the key; {@code null} where properties make it up
	 */
	public @Nullable String fixedRowKey() {
		return rowKey().fixed();
	}

	@Nullable TypeDiscriminator discriminator() {
		return this.discriminator;
	}

	/**
	 * Return the key of values, encoded as the class's annotations say.
	 * @param values a value for each property of the partition key, then of the row key,
	 * none where {@link Table} fixes one
	 * @throws IllegalArgumentException if there are more or fewer, or one is of another
	 * type
	 */
	public TableKey key(Object... values) {
		KeyColumn partition = partitionKey();
		KeyColumn row = rowKey();
		int count = partition.properties().size();
		Assert.isTrue(values.length == count + row.properties().size(), () -> "A key of " + getType().getSimpleName()
				+ " is made of " + paths(partition, row) + ", not of " + values.length + " values");
		List<Object> all = Arrays.asList(values);
		return new TableKey(partition.of(all.subList(0, count)), row.of(all.subList(count, values.length)));
	}

	private static List<String> paths(KeyColumn partition, KeyColumn row) {
		List<String> paths = new ArrayList<>();
		partition.properties().forEach((property) -> paths.add(property.path()));
		row.properties().forEach((property) -> paths.add(property.path()));
		return paths;
	}

	/**
	 * Return what the row keys of all entities begin with whose first few properties of
	 * the row key have these values.
	 * @throws IllegalArgumentException if there are too many, or one is of another type
	 */
	public String rowKeyPrefix(Object... values) {
		KeyColumn row = rowKey();
		Assert.isTrue(values.length <= row.properties().size(), "More values than the row key has properties");
		return (values.length == 0) ? "" : row.of(Arrays.asList(values));
	}

	KeyColumn partitionKey() {
		KeyColumn known = this.partitionKey;
		if (known == null) {
			known = findKey("PartitionKey", "partitionKey");
			this.partitionKey = known;
		}
		return known;
	}

	KeyColumn rowKey() {
		KeyColumn known = this.rowKey;
		if (known == null) {
			known = findKey("RowKey", "rowKey");
			this.rowKey = known;
		}
		return known;
	}

	private KeyColumn findKey(String name, String attribute) {
		String[] fixed = this.table.isPresent() ? this.table.getStringArray(attribute) : new String[0];
		List<MappedProperty> properties = columns().stream()
			.filter((mapped) -> mapped.property().isKey() && mapped.column().equals(name))
			.sorted(Comparator.comparingInt((mapped) -> mapped.property().keyOrder()))
			.toList();
		char separator = this.table.isPresent() ? this.table.getValue("keySeparator", Character.class).orElse('|')
				: '|';
		return new KeyColumn(name, properties, separator, (fixed.length > 0) ? fixed[0] : null);
	}

	/**
	 * Return the column behind a property.
	 * @param path the property's Java path, such as {@code shipTo.city}; the service's
	 * own names of keys and time stamp are understood, too
	 * @throws IllegalArgumentException if there is none
	 */
	public TableColumn column(String path) {
		List<MappedProperty> all = columns();
		MappedProperty found = find(all, path);
		if (found == null) {
			throw new IllegalArgumentException(getType().getSimpleName() + " has no property '" + path + "', only "
					+ String.join(", ", all.stream().map(MappedProperty::path).toList()));
		}
		if (!found.property().isKey()) {
			return new TableColumn(found, null, 0);
		}
		KeyColumn key = found.column().equals("RowKey") ? rowKey() : partitionKey();
		boolean whole = key.isComposite() && !found.path().equals(path);
		return new TableColumn(found, key, whole ? TableColumn.WHOLE : key.properties().indexOf(found));
	}

	/**
	 * Return the paths of the columns that a property is: its own, or those of what an
	 * embedded object has.
	 */
	public List<String> paths(String path) {
		List<String> paths = columns().stream()
			.map(MappedProperty::path)
			.filter((each) -> each.startsWith(path + "."))
			.toList();
		return paths.isEmpty() ? List.of(path) : paths;
	}

	/**
	 * Return the names of all columns that a property may be in: those of an embedded
	 * object, pieces and former names, too.
	 * @param path the property's Java path, as for {@link #column}
	 * @throws IllegalArgumentException if there is none
	 */
	public List<String> columnNames(String path) {
		List<String> names = new ArrayList<>();
		for (MappedProperty mapped : columns()) {
			if (mapped.path().equals(path) || mapped.path().startsWith(path + ".")) {
				names.addAll(mapped.columns());
			}
		}
		return names.isEmpty() ? List.of(column(path).name()) : names;
	}

	private @Nullable MappedProperty find(List<MappedProperty> all, String path) {
		for (MappedProperty mapped : all) {
			if (mapped.path().equals(path)) {
				return mapped;
			}
		}
		for (MappedProperty mapped : all) {
			boolean own = mapped.property().isKey() || mapped.property().isTimestamp();
			if (own && mapped.column().equals(path)) {
				return mapped;
			}
		}
		return null;
	}

	/**
	 * Return the properties that are columns, those of embedded objects and of classes
	 * that inherit from this included.
	 */
	List<MappedProperty> columns() {
		List<MappedProperty> known = this.columns;
		if (known == null) {
			List<MappedProperty> found = new ArrayList<>();
			if (this.discriminator == null || !Modifier.isAbstract(getType().getModifiers())) {
				collect(this, "", "", found, 0);
			}
			if (this.discriminator != null) {
				collectSubtypes(this.discriminator, found);
			}
			known = List.copyOf(found);
			this.columns = known;
		}
		return known;
	}

	private void collectSubtypes(TypeDiscriminator discriminator, List<MappedProperty> found) {
		for (Map.Entry<String, Class<?>> type : discriminator.typesOf(getType()).entrySet()) {
			if (type.getValue() == getType()) {
				continue;
			}
			List<MappedProperty> inherited = new ArrayList<>();
			collect(this.mapping.getRequiredPersistentEntity(type.getValue()), "", "", inherited, 0);
			inherited.stream()
				.filter((mapped) -> found.stream().noneMatch((other) -> other.path().equals(mapped.path())))
				.forEach(found::add);
		}
	}

	private void collect(TablePersistentEntity<?> entity, String path, String prefix, List<MappedProperty> found,
			int depth) {
		for (TablePersistentProperty property : entity) {
			if (property.isEmbedded() && depth < CodecCompiler.DEEPEST) {
				collect(this.mapping.getRequiredPersistentEntity(property), path + property.getName() + ".",
						prefix + property.embeddedPrefix(), found, depth + 1);
			}
			else if (property.isColumn()) {
				boolean own = property.isKey() || property.isTimestamp();
				String column = own ? property.columnName() : prefix + property.columnName();
				found.add(new MappedProperty(path + property.getName(), column, property));
			}
		}
	}

	/**
	 * Assigned keys do not tell whether an entity is new: without a version and unless it
	 * says so itself, it is not.
	 */
	@Override
	protected IsNewStrategy getFallbackIsNewStrategy() {
		PersistentProperty<?> version = getVersionProperty();
		return (entity) -> version != null && getPropertyAccessor(entity).getProperty(version) == null;
	}

	public @Nullable TablePersistentProperty partitionKeyProperty() {
		return getPersistentProperty(PartitionKey.class);
	}

	public @Nullable TablePersistentProperty rowKeyProperty() {
		return getPersistentProperty(RowKey.class);
	}

}
