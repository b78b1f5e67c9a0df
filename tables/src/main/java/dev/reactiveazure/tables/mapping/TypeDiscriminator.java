package dev.reactiveazure.tables.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.data.annotation.TypeAlias;

import static java.lang.reflect.Modifier.isAbstract;

/**
 * Which class a row of a table that several share is of.
 *
 * @param root the class that they all inherit from
 * @param column the column's name
 * @param types the classes by what the column holds
 */
record TypeDiscriminator(Class<?> root, String column, Map<String, Class<?>> types) {

	/**
	 * Return what tells a class from others in its table.
	 * @return the discriminator; {@code null} when it has its table for itself
	 */
	static @Nullable TypeDiscriminator of(Class<?> type) {
		MergedAnnotation<Discriminator> annotation = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
			.get(Discriminator.class);
		if (!(annotation.getSource() instanceof Class<?> root)) {
			return null;
		}
		List<Class<?>> found = new ArrayList<>();
		collect(root, found);
		for (Class<?> listed : annotation.getClassArray("types")) {
			collect(listed, found);
		}
		Map<String, Class<?>> types = new LinkedHashMap<>();
		found.forEach((each) -> types.putIfAbsent(value(each), each));
		return new TypeDiscriminator(root, annotation.getString("value"), types);
	}

	private static void collect(Class<?> type, List<Class<?>> found) {
		if (!isAbstract(type.getModifiers()) && !found.contains(type)) {
			found.add(type);
		}
		if (type.isSealed()) {
			for (Class<?> permitted : type.getPermittedSubclasses()) {
				collect(permitted, found);
			}
		}
	}

	private static String value(Class<?> type) {
		TypeAlias alias = type.getAnnotation(TypeAlias.class);
		return (alias != null) ? alias.value() : type.getSimpleName();
	}

	/**
	 * Return the classes that a class stands for, by what the column holds.
	 */
	Map<String, Class<?>> typesOf(Class<?> type) {
		Map<String, Class<?>> assignable = new LinkedHashMap<>();
		this.types.forEach((value, each) -> {
			if (type.isAssignableFrom(each)) {
				assignable.put(value, each);
			}
		});
		return assignable;
	}

	/**
	 * Return the filter for rows of a class.
	 * @return the filter; {@code null} for the class that all inherit from
	 */
	@Nullable String filter(Class<?> type) {
		Map<String, Class<?>> assignable = typesOf(type);
		if (assignable.size() == this.types.size()) {
			return null;
		}
		List<String> comparisons = assignable.keySet()
			.stream()
			.map((value) -> this.column + " eq " + EdmType.STRING.literal(value))
			.toList();
		return (comparisons.size() == 1) ? comparisons.get(0) : "(" + String.join(" or ", comparisons) + ")";
	}

}
