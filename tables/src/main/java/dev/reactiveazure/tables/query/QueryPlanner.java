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

	private final ClassFilter ofClass;

	QueryPlanner(TablePersistentEntity<?> entity, TableQuery template) {
		this.entity = entity;
		this.template = template;
		this.ofClass = ClassFilter.of(entity);
	}

	QueryPlan plan(@Nullable Filter given) {
		if (given == null) {
			return new QueryPlan(this.ofClass.limits().access(), List.of(), List.of(request(this.ofClass.text())), true,
					this.template.select());
		}
		List<Criteria> asGiven = (given instanceof Criteria criteria) ? terms(criteria) : List.of();
		List<Criteria> terms = KeyTerms.joined(asGiven, this.entity);
		Filter filter = (terms == asGiven) ? given : KeyTerms.all(terms);
		OneOf list = listToCut(terms);
		if (list != null) {
			return cut(terms, list);
		}
		List<TableKey> points = (filter instanceof Criteria && this.ofClass.isOfKeysOnly()) ? point(terms) : List.of();
		if (!points.isEmpty()) {
			return new QueryPlan(QueryAccess.POINT, points, List.of(), true, this.template.select());
		}
		return single(filter);
	}

	private QueryPlan single(Filter filter) {
		checkComparisons(comparisons(filter));
		KeyLimits limits = this.ofClass.limits().and(filter.limits(this.entity));
		return new QueryPlan(limits.access(), List.of(), List.of(request(this.ofClass.and(filter, this.entity))), true,
				this.template.select());
	}

	private int comparisons(Filter filter) {
		return filter.comparisons(this.entity) + this.ofClass.comparisons();
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
		int comparisons = this.ofClass.comparisons();
		for (Criteria term : terms) {
			comparisons += term.comparisons(this.entity);
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
		int rest = this.ofClass.comparisons() + others.stream().mapToInt((term) -> term.comparisons(this.entity)).sum();
		int perValue = Comparison.perValue(this.entity, list.property(), "eq");
		boolean inPartition = limits(others).partition() == KeyLimits.Limit.EXACT;
		boolean oneByOne = property.isPartitionKey() || (property.isRowKey() && inPartition);
		int perRequest = oneByOne ? 1 : Math.max((MOST_COMPARISONS - rest) / perValue, 1);
		checkComparisons(rest + perRequest * perValue);
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
		return (part instanceof OneOf) ? single(whole) : plan(whole);
	}

	private KeyLimits limits(List<Criteria> terms) {
		KeyLimits limits = this.ofClass.limits();
		for (Criteria term : terms) {
			limits = limits.and(term.limits(this.entity));
		}
		return limits;
	}

	/**
	 * Return the key that the terms are, where they are nothing but that.
	 */
	private List<TableKey> point(List<Criteria> terms) {
		String partitionKey = this.entity.fixedPartitionKey();
		String rowKey = this.entity.fixedRowKey();
		if (terms.size() != ((partitionKey == null) ? 1 : 0) + ((rowKey == null) ? 1 : 0)) {
			return List.of();
		}
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

	private TableQuery request(@Nullable String filter) {
		return new TableQuery(filter, this.template.select(), this.template.pageSize(), this.template.limit(),
				this.template.continuation());
	}

	private static void checkComparisons(int comparisons) {
		if (comparisons > MOST_COMPARISONS) {
			throw new IllegalArgumentException("The filter makes " + comparisons
					+ " comparisons, and the service takes " + MOST_COMPARISONS
					+ ": only a list of values (in) that must hold with all else is cut into " + "several requests");
		}
	}

}
