package dev.reactiveazure.tables.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.mapping.TableColumn;
import dev.reactiveazure.tables.mapping.TablePersistentEntity;
import dev.reactiveazure.tables.query.Criteria.Comparison;
import dev.reactiveazure.tables.query.Criteria.Junction;
import dev.reactiveazure.tables.query.Criteria.OneOf;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of a query that the service takes and finds fast.
 * <p>
 * A list of values to be one of is cut where the service would not take as many
 * comparisons, or would read more than it has to: partition keys become a request each,
 * for two of them in one filter make the service read the whole table; row keys of one
 * partition are read one by one.
 */
final class QueryPlanner {

	/** The most comparisons that the service takes. */
	private static final int MOST_COMPARISONS = 15;

	private final TablePersistentEntity<?> entity;

	private final TableQuery template;

	QueryPlanner(TablePersistentEntity<?> entity, TableQuery template) {
		this.entity = entity;
		this.template = template;
	}

	QueryPlan plan(@Nullable Filter filter) {
		if (filter == null) {
			return new QueryPlan(QueryAccess.TABLE_SCAN, List.of(), List.of(this.template), true,
					this.template.select());
		}
		List<Criteria> terms = (filter instanceof Criteria criteria) ? terms(criteria) : List.of();
		OneOf list = listToCut(terms);
		if (list != null) {
			return cut(terms, list);
		}
		List<TableKey> points = (filter instanceof Criteria) ? point(terms) : List.of();
		if (!points.isEmpty()) {
			return new QueryPlan(QueryAccess.POINT, points, List.of(), true, this.template.select());
		}
		checkComparisons(filter.comparisons());
		return new QueryPlan(filter.limits(this.entity).access(), List.of(), List.of(request(filter)), true,
				this.template.select());
	}

	private static List<Criteria> terms(Criteria criteria) {
		List<Criteria> terms = new ArrayList<>();
		collect(criteria, terms);
		return terms;
	}

	private static void collect(Criteria criteria, List<Criteria> terms) {
		if (criteria instanceof Junction junction && junction.operator().equals("and")) {
			collect(junction.left(), terms);
			collect(junction.right(), terms);
		}
		else {
			terms.add(criteria);
		}
	}

	/**
	 * Return the list of values to make several requests of: of partition keys if there
	 * is one, then of row keys, then the longest.
	 */
	private @Nullable OneOf listToCut(List<Criteria> terms) {
		OneOf found = null;
		int comparisons = 0;
		for (Criteria term : terms) {
			comparisons += term.comparisons();
			if (term instanceof OneOf list && list.values().size() > 1 && (found == null || rank(list) > rank(found))) {
				found = list;
			}
		}
		if (found == null) {
			return null;
		}
		TableColumn property = property(found);
		boolean key = property.isPartitionKey() || property.isRowKey();
		return (key || comparisons > MOST_COMPARISONS) ? found : null;
	}

	private int rank(OneOf list) {
		TableColumn property = property(list);
		if (property.isPartitionKey()) {
			return Integer.MAX_VALUE;
		}
		return property.isRowKey() ? Integer.MAX_VALUE - 1 : list.values().size();
	}

	private TableColumn property(OneOf list) {
		return FilterProperty.find(this.entity, list.property());
	}

	private QueryPlan cut(List<Criteria> terms, OneOf list) {
		TableColumn property = property(list);
		List<Criteria> others = terms.stream().filter((term) -> term != list).toList();
		boolean key = property.isPartitionKey() || property.isRowKey();
		List<Object> values = new ArrayList<>(list.values());
		if (key) {
			values.sort(Comparator.comparing((value) -> property.stored(value).toString()));
		}
		int rest = others.stream().mapToInt(Criteria::comparisons).sum();
		boolean inPartition = limits(others).partition() == KeyLimits.Limit.EXACT;
		boolean oneByOne = property.isPartitionKey() || (property.isRowKey() && inPartition);
		int perRequest = oneByOne ? 1 : MOST_COMPARISONS - rest;
		checkComparisons(rest + Math.max(perRequest, 1));
		return requests(others, list.property(), values, perRequest, oneByOne);
	}

	private QueryPlan requests(List<Criteria> others, String property, List<Object> values, int perRequest,
			boolean ordered) {
		List<TableKey> points = new ArrayList<>();
		List<TableQuery> requests = new ArrayList<>();
		QueryAccess access = QueryAccess.POINT;
		for (int i = 0; i < values.size(); i += perRequest) {
			List<Object> some = values.subList(i, Math.min(i + perRequest, values.size()));
			Criteria part = (some.size() == 1) ? new Comparison(property, "eq", some.get(0))
					: new OneOf(property, List.copyOf(some));
			QueryPlan plan = partPlan(others, part);
			points.addAll(plan.points());
			requests.addAll(plan.requests());
			access = (plan.access().ordinal() > access.ordinal()) ? plan.access() : access;
		}
		return new QueryPlan(access, points, requests, ordered || requests.size() == 1, this.template.select());
	}

	/**
	 * Plan one part, of which another list may have to be cut.
	 */
	private QueryPlan partPlan(List<Criteria> others, Criteria part) {
		Criteria whole = part;
		for (Criteria other : others) {
			whole = other.and(whole);
		}
		if (part instanceof OneOf) {
			checkComparisons(whole.comparisons());
			return new QueryPlan(whole.limits(this.entity).access(), List.of(), List.of(request(whole)), true,
					this.template.select());
		}
		return plan(whole);
	}

	private KeyLimits limits(List<Criteria> terms) {
		KeyLimits limits = KeyLimits.NONE;
		for (Criteria term : terms) {
			limits = limits.and(term.limits(this.entity));
		}
		return limits;
	}

	/**
	 * Return the key that the terms are, where they are nothing but that.
	 */
	private List<TableKey> point(List<Criteria> terms) {
		if (terms.size() != 2) {
			return List.of();
		}
		String partitionKey = null;
		String rowKey = null;
		for (Criteria term : terms) {
			if (!(term instanceof Comparison comparison) || !comparison.operator().equals("eq")) {
				return List.of();
			}
			TableColumn property = FilterProperty.find(this.entity, comparison.property());
			String stored = property.isPartitionKey() || property.isRowKey()
					? property.stored(comparison.value()).toString() : "";
			partitionKey = property.isPartitionKey() ? stored : partitionKey;
			rowKey = property.isRowKey() ? stored : rowKey;
		}
		return (partitionKey != null && rowKey != null) ? List.of(new TableKey(partitionKey, rowKey)) : List.of();
	}

	private TableQuery request(Filter filter) {
		return new TableQuery(filter.render(this.entity), this.template.select(), this.template.pageSize(),
				this.template.limit(), this.template.continuation());
	}

	private static void checkComparisons(int comparisons) {
		if (comparisons > MOST_COMPARISONS) {
			throw new IllegalArgumentException("The filter makes " + comparisons
					+ " comparisons, and the service takes " + MOST_COMPARISONS
					+ ": only a list of values (in) that must hold with all else is cut into " + "several requests");
		}
	}

}
