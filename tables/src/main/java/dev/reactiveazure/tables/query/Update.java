package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.ETag;
import dev.reactiveazure.tables.MatchCondition;
import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;

import org.springframework.data.core.TypedPropertyPath;
import org.springframework.util.Assert;

/**
 * Some properties of one entity to change, without the others. Immutable.
 *
 * <pre class="code">
 * Update.merging().set(Order::status, PAID).ifVersion(etag)
 * </pre>
 * <p>
 * The service merges properties in one request, but no merge can take one away. Where
 * that is wanted, an update {@linkplain #rewriting() reads and rewrites} the row: two
 * requests, tried again where somebody else writes in between.
 */
public final class Update {

	private final boolean rewriting;

	private final Map<String, Object> values;

	private final List<String> removed;

	private final MatchCondition condition;

	private Update(boolean rewriting, Map<String, Object> values, List<String> removed, MatchCondition condition) {
		this.rewriting = rewriting;
		this.values = values;
		this.removed = removed;
		this.condition = condition;
	}

	/**
	 * Begin an update that is one request, and can set properties only.
	 */
	public static Update merging() {
		return new Update(false, Map.of(), List.of(), MatchCondition.any());
	}

	/**
	 * Begin an update that reads the row and replaces it, and so can remove properties,
	 * too.
	 */
	public static Update rewriting() {
		return new Update(true, Map.of(), List.of(), MatchCondition.any());
	}

	/**
	 * Set a property.
	 * @param property its Java name or path; of an embedded object a path within it, such
	 * as {@code shipTo.city}
	 * @param value a value of the property's type
	 */
	public Update set(String property, Object value) {
		Assert.hasText(property, "The property must not be empty");
		Assert.notNull(value, () -> "Property '" + property + "' can't be set to null, for the service stores none: "
				+ "remove it with Update.rewriting()");
		Map<String, Object> more = new LinkedHashMap<>(this.values);
		more.put(property, value);
		return new Update(this.rewriting, more, this.removed, this.condition);
	}

	/**
	 * Set a property.
	 * @param property its getter, such as {@code Order::status}
	 * @param value its value
	 */
	public <T, P> Update set(TypedPropertyPath<T, P> property, P value) {
		return set(TypedPropertyPath.of(property).toDotPath(), value);
	}

	/**
	 * Take a property away, with all that an embedded object has.
	 * @param property its Java name or path
	 * @throws IllegalStateException if this is an update by merging, which can't
	 */
	public Update remove(String property) {
		Assert.hasText(property, "The property must not be empty");
		Assert.state(this.rewriting, () -> "A merge can't remove property '" + property
				+ "': begin with Update.rewriting(), which reads the row and replaces it");
		List<String> more = new ArrayList<>(this.removed);
		more.add(property);
		return new Update(true, this.values, more, this.condition);
	}

	/**
	 * Take a property away.
	 * @param property its getter, such as {@code Order::status}
	 * @throws IllegalStateException if this is an update by merging, which can't
	 */
	public <T> Update remove(TypedPropertyPath<T, ?> property) {
		return remove(TypedPropertyPath.of(property).toDotPath());
	}

	/**
	 * Change the row only while it is of that version; without, whichever it is.
	 */
	public Update ifVersion(ETag version) {
		return new Update(this.rewriting, this.values, this.removed, MatchCondition.unchangedSince(version));
	}

	/**
	 * Change the row only while it is of that version; without, whichever it is.
	 */
	public Update ifVersion(String version) {
		return ifVersion(ETag.of(version));
	}

	public boolean isRewriting() {
		return this.rewriting;
	}

	public MatchCondition condition() {
		return this.condition;
	}

	/**
	 * Return the columns to set, with values as they are stored.
	 * @throws IllegalArgumentException if there are none, or a property is not the
	 * class's, is of another type, or is one that no update can set
	 */
	public Map<String, Object> columns(TablePersistentEntity<?> entity) {
		Assert.isTrue(!this.values.isEmpty() || !this.removed.isEmpty(), "The update changes nothing: set a property");
		Map<String, Object> columns = new LinkedHashMap<>();
		this.values.forEach((name, value) -> {
			TableColumn property = writable(entity, name);
			columns.put(property.name(), property.stored(value));
		});
		return columns;
	}

	/**
	 * Return the columns to take away.
	 * @throws IllegalArgumentException if a property is not the class's, or can't be
	 * taken away
	 */
	public List<String> removedColumns(TablePersistentEntity<?> entity) {
		List<String> columns = new ArrayList<>();
		for (String name : this.removed) {
			for (String path : entity.paths(name)) {
				removable(entity, path);
				columns.addAll(entity.columnNames(path));
			}
		}
		return columns;
	}

	private static void removable(TablePersistentEntity<?> entity, String path) {
		TableColumn column = FilterProperty.find(entity, path);
		if (!column.isUpdatable() && !column.isSplit()) {
			throw refused(entity, path, column);
		}
	}

	private static TableColumn writable(TablePersistentEntity<?> entity, String name) {
		List<String> paths = entity.paths(name);
		if (paths.size() > 1 || !paths.contains(name)) {
			throw new IllegalArgumentException("Property '" + name + "' of " + entity.getType().getSimpleName()
					+ " is an object of several columns, each of which an update sets by its own path: "
					+ String.join(", ", paths));
		}
		TableColumn property = FilterProperty.find(entity, name);
		if (!property.isUpdatable()) {
			throw refused(entity, name, property);
		}
		return property;
	}

	private static IllegalArgumentException refused(TablePersistentEntity<?> entity, String name, TableColumn column) {
		return new IllegalArgumentException("Property '" + name + "' of " + entity.getType().getSimpleName()
				+ " can't be changed by an update: it " + column.whyNotUpdatable());
	}

	/**
	 * Return the names of what is changed, without values.
	 */
	@Override
	public String toString() {
		return (this.rewriting ? "Update.rewriting" : "Update.merging") + "[set=" + this.values.keySet() + ", remove="
				+ this.removed + "]";
	}

}
