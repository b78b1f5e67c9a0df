package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.mapping.Column.Kind;
import dev.reactiveazure.tables.mapping.ObjectPlan.Assignment;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a mapped class, or says in one message all that stands against it.
 *
 * @param <T> the mapped class
 */
final class CodecCompiler<T> {

	/** How deep objects may be embedded in each other. */
	static final int DEEPEST = 8;

	private final TableMappingContext mapping;

	private final TablePersistentEntity<T> entity;

	private final ColumnNames names;

	private final @Nullable TypeValue discriminator;

	private final CodecChecks checks;

	private final List<Column> columns = new ArrayList<>();

	private final List<ColumnWriter> writers = new ArrayList<>();

	private final List<SlotStep> joins = new ArrayList<>();

	private final List<SlotStep> embeds = new ArrayList<>();

	private final Map<String, Integer> keySlots = new HashMap<>();

	private final Map<String, MethodHandle> keyGetters = new HashMap<>();

	private int slotCount;

	private boolean open;

	private @Nullable VersionColumn version;

	private @Nullable UnmappedColumns unmapped;

	CodecCompiler(TableMappingContext mapping, TablePersistentEntity<T> entity, ColumnNames names,
			@Nullable TypeValue discriminator) {
		this.mapping = mapping;
		this.entity = entity;
		this.names = names;
		this.discriminator = discriminator;
		this.checks = new CodecChecks(entity, mapping.options());
	}

	EntityPlan<T> compile() {
		for (TablePersistentProperty property : this.entity) {
			this.open |= property.isUnmapped();
		}
		this.checks.check(this.open && this.discriminator != null,
				"it has an @Unmapped map and shares its table by @Discriminator, which can't be both");
		CreatorFinder root = new CreatorFinder(this.entity, this.checks, this.slotCount);
		ObjectPlan plan = object(this.entity, root, "", "", null, 0);
		int[] keyTexts = { key(this.entity.partitionKey()), key(this.entity.rowKey()) };
		if (this.discriminator != null) {
			discriminate(this.discriminator);
		}
		this.checks.checkEntity(this.columns);
		this.checks.fail();
		List<SlotStep> steps = new ArrayList<>(this.joins);
		steps.addAll(this.embeds);
		return new EntityPlan<>(this.entity.getType(), this.columns, this.writers.toArray(ColumnWriter[]::new),
				CreatorFinder.required(plan), steps.toArray(SlotStep[]::new), this.slotCount,
				keyReader(this.entity.partitionKey()), keyReader(this.entity.rowKey()), keyTexts, this.version,
				this.unmapped);
	}

	private @Nullable ObjectPlan object(TablePersistentEntity<?> type, CreatorFinder creator, String path,
			String prefix, @Nullable MethodHandle outer, int depth) {
		this.slotCount += creator.argumentCount();
		List<Assignment> assignments = new ArrayList<>();
		List<Runnable> later = new ArrayList<>();
		for (TablePersistentProperty property : type) {
			MethodHandle getter = Members.getter(property);
			int argument = creator.slot(property.getName());
			MethodHandle setter = (argument < 0) ? Members.setter(property) : null;
			if (!this.checks.accessible(property, path, getter, argument >= 0 || setter != null) || getter == null) {
				continue;
			}
			int slot = (argument >= 0) ? argument : this.slotCount++;
			if (setter != null && !property.isVersionProperty()) {
				assignments.add(new Assignment(getter, setter, slot, absent(property, path)));
			}
			creator.argument(slot, getter, absent(property, path));
			Place place = new Place(property, path + property.getName(), prefix, Members.chain(outer, getter), slot);
			if (property.isVersionProperty()) {
				later.add(() -> version(place, getter, setter, creator, assignments));
			}
			else {
				later.add(() -> property(place, depth));
			}
		}
		later.forEach(Runnable::run);
		Creator found = creator.creator();
		return (found != null) ? new ObjectPlan(found, assignments) : null;
	}

	private @Nullable Object absent(TablePersistentProperty property, String path) {
		String text = property.settings().defaultValue();
		if (text != null && property.columnTypeOrNull() != null) {
			return this.checks.defaultValue(property, path, text);
		}
		return property.isOptional() ? Optional.empty() : null;
	}

	private void property(Place place, int depth) {
		TablePersistentProperty property = place.property;
		if (property.isUnmapped()) {
			this.checks.unmapped(property, place.path, this.unmapped != null || depth > 0);
			this.unmapped = new UnmappedColumns(place.path, place.getter, place.slot);
			return;
		}
		if (property.isEmbedded()) {
			embed(place, depth);
			return;
		}
		ColumnType type = property.columnTypeOrNull();
		if (type == null || property.typeProblem() != null) {
			this.checks.add("property '" + place.path + "' " + property.typeProblem());
			return;
		}
		if (property.isKey()) {
			this.keySlots.put(place.path, place.slot);
			this.keyGetters.put(place.path, place.getter);
			return;
		}
		this.checks.timestamp(property, place.path);
		if (property.isSplit()) {
			split(place, type);
			return;
		}
		column(place, property.isOptional() ? type.of((value) -> value, Optional::of) : type);
	}

	private void embed(Place place, int depth) {
		TablePersistentEntity<?> type = this.mapping.getPersistentEntity(place.property);
		if (type == null) {
			this.checks.add("property '" + place.path + "' is @Embedded, but a " + place.property.getType().getName()
					+ " has no properties");
			return;
		}
		if (depth == DEEPEST) {
			this.checks.add("property '" + place.path + "' is embedded too deep, perhaps in itself");
			return;
		}
		this.checks.embeddedVersion(type, place.path);
		int first = this.slotCount;
		CreatorFinder creator = new CreatorFinder(type, this.checks, first);
		ObjectPlan plan = object(type, creator, place.path + ".", place.prefix + place.property.embeddedPrefix(),
				place.getter, depth + 1);
		if (plan != null) {
			this.embeds.add(new SlotStep.Embed(plan, first, this.slotCount, place.slot));
		}
	}

	private void column(Place place, ColumnType type) {
		TablePersistentProperty property = place.property;
		boolean written = !property.isTimestamp() && property.isWritable();
		MethodHandle getter = property.isOptional() ? Members.content(place.getter) : place.getter;
		String name = property.isTimestamp() ? property.columnName() : place.prefix + property.columnName();
		Column column = add(place.path, name, type, getter, place.slot, written ? Kind.DATA : Kind.READ);
		if (written) {
			this.writers.add(column);
		}
		for (String alias : property.settings().aliases()) {
			add(place.path, place.prefix + alias, type, getter, place.slot, Kind.ALIAS);
		}
	}

	private void split(Place place, ColumnType type) {
		TablePersistentProperty property = place.property;
		if (type.edmType() != EdmType.STRING && type.edmType() != EdmType.BINARY) {
			this.checks.add("property '" + place.path + "' is stored as " + type.edmType().wireName()
					+ " and can't be split: only text and bytes can");
			return;
		}
		ColumnType whole = property.isOptional() ? type.of((value) -> value, Optional::of) : type;
		MethodHandle getter = property.isOptional() ? Members.content(place.getter) : place.getter;
		int first = this.slotCount;
		this.slotCount += SplitColumns.MOST_PIECES;
		List<Column> pieces = new ArrayList<>();
		for (int i = 0; i < SplitColumns.MOST_PIECES; i++) {
			String name = SplitColumns.name(place.prefix + property.columnName(), i);
			pieces.add(add(place.path, name, type, getter, first + i, Kind.PIECE));
		}
		this.writers.add(new SplitColumns(place.path, type, getter, List.copyOf(pieces)));
		this.joins.add(new SlotStep.Join(first, SplitColumns.MOST_PIECES, whole, place.slot));
	}

	private Column add(String path, String name, ColumnType type, MethodHandle getter, int slot, Kind kind) {
		Column column = new Column(path, name, this.names.index(name), this.open, type, getter, slot, kind);
		Class<?> other = this.names.conflict(name, type, this.entity.getType());
		this.checks.check(other != null && other != this.entity.getType(), "property '" + path + "' is stored in '"
				+ name + "' in another way than " + ((other != null) ? other.getSimpleName() : "") + " does");
		this.columns.add(column);
		return column;
	}

	/**
	 * Add the column of a key.
	 * @return the slot that its text or value is in; -1 where it is not read
	 */
	private int key(KeyColumn key) {
		if (!this.checks.key(key) || key.fixed() != null) {
			return -1;
		}
		MappedProperty first = key.properties().get(0);
		Integer slot = this.keySlots.get(first.path());
		MethodHandle getter = this.keyGetters.get(first.path());
		if (slot == null || getter == null) {
			return -1;
		}
		if (!key.isComposite()) {
			add(first.path(), key.name(), keyType(first.property()), getter, slot, Kind.READ);
			return slot;
		}
		int stored = this.slotCount++;
		int[] targets = key.properties()
			.stream()
			.mapToInt((part) -> this.keySlots.getOrDefault(part.path(), -1))
			.toArray();
		add(first.path(), key.name(), CodecChecks.TEXT, getter, stored, Kind.READ);
		this.joins.add(0, new SlotStep.TakeApart(key, stored, targets));
		return stored;
	}

	private static ColumnType keyType(TablePersistentProperty property) {
		KeyPart part = property.requiredKeyPart();
		ColumnType type = property.columnTypeOrNull();
		if (property.getType() == UUID.class && part.encoding() == KeyEncoding.TEXT && type != null) {
			// Without a string of the key, which would be parsed at once.
			return type;
		}
		return new ColumnType(EdmType.STRING, part.ordered(), false, (value) -> part.encode().apply(value),
				(text) -> part.decode().apply((String) text));
	}

	private KeyReader keyReader(KeyColumn key) {
		List<MethodHandle> getters = new ArrayList<>();
		for (MappedProperty property : key.properties()) {
			MethodHandle getter = this.keyGetters.get(property.path());
			if (getter != null) {
				getters.add(getter);
			}
		}
		return new KeyReader(key, getters);
	}

	private void discriminate(TypeValue type) {
		int slot = this.slotCount++;
		ColumnType expected = new ColumnType(EdmType.STRING, false, false, (value) -> value, (stored) -> {
			if (!stored.equals(type.value())) {
				throw new IllegalStateException("the column '" + type.column() + "' is '" + stored + "' and not '"
						+ type.value() + "': the row is of another class");
			}
			return stored;
		});
		this.writers.add(add(type.column(), type.column(), expected, Members.always(type.value()), slot, Kind.DATA));
	}

	private void version(Place place, MethodHandle getter, @Nullable MethodHandle setter, CreatorFinder creator,
			List<Assignment> assignments) {
		if (!place.path.equals(place.property.getName())) {
			return;
		}
		Class<?> type = place.property.getType();
		if (type != String.class && type != ETag.class) {
			this.checks.add("property '" + place.path + "' is the @Version and must be a String or an ETag, not a "
					+ type.getName());
			return;
		}
		this.version = new VersionColumn(getter, creator.versionSetter(place.slot, setter, List.copyOf(assignments)),
				place.slot, type == String.class);
		if (setter != null) {
			assignments.add(new Assignment(getter, setter, place.slot, null));
		}
	}

	/**
	 * Where a property is in the entity, and where its value waits.
	 */
	private record Place(TablePersistentProperty property, String path, String prefix, MethodHandle getter, int slot) {
	}

}
