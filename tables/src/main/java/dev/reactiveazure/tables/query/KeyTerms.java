package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.query.Criteria.Comparison;
import dev.reactiveazure.tables.query.Criteria.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Joins comparisons with the first few of several properties that make up a key into one
 * with the key: with all of it, or with what it begins with.
 */
final class KeyTerms {

	private KeyTerms() {
	}

	/**
	 * Return terms that must all hold, as they are looked for in the table.
	 * @return the given list where nothing is joined
	 */
	static List<Criteria> joined(List<Criteria> terms, TablePersistentEntity<?> entity) {
		List<Criteria> joined = new ArrayList<>(terms);
		join(joined, "PartitionKey", entity);
		join(joined, "RowKey", entity);
		return (joined.size() < terms.size()) ? joined : terms;
	}

	static Criteria all(List<Criteria> terms) {
		Criteria all = terms.get(0);
		for (Criteria term : terms.subList(1, terms.size())) {
			all = all.and(term);
		}
		return all;
	}

	private static void join(List<Criteria> terms, String key, TablePersistentEntity<?> entity) {
		List<Criteria> found = new ArrayList<>();
		List<Object> values = new ArrayList<>();
		TableColumn column = null;
		Comparison next = part(terms, key, 0, entity);
		while (next != null) {
			column = FilterProperty.find(entity, next.property());
			found.add(next);
			values.add(next.value());
			next = part(terms, key, values.size(), entity);
		}
		if (column == null || values.size() == 1) {
			return;
		}
		String text = column.joined(values);
		int first = terms.indexOf(found.get(0));
		terms.set(first, (values.size() == column.parts()) ? new Comparison(key, "eq", text) : new Prefix(key, text));
		terms.removeAll(found);
	}

	private static @Nullable Comparison part(List<Criteria> terms, String key, int part,
			TablePersistentEntity<?> entity) {
		for (Criteria term : terms) {
			if (term instanceof Comparison comparison && comparison.operator().equals("eq")) {
				TableColumn column = FilterProperty.find(entity, comparison.property());
				if (column.isKeyPart() && column.name().equals(key) && column.part() == part) {
					return comparison;
				}
			}
		}
		return null;
	}

}
