package dev.reactiveazure.tables.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import dev.reactiveazure.tables.query.ScanPolicy;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * Keeps queries from reading whole tables unnoticed.
 */
final class ScanGuard {

	private static final Log logger = LogFactory.getLog(ScanGuard.class);

	private static final Pattern LITERAL = Pattern
		.compile("(?:datetime|guid|X)?'(?:[^']|'')*'|(?<= )(?:true|false|[+-]?\\d[\\w.+-]*)(?=[ )]|$)");

	/** More forms than this are warned of again. */
	private static final int MOST_SHAPES = 1000;

	private final ScanPolicy policy;

	private final Set<String> warned = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > MOST_SHAPES;
		}

	}));

	ScanGuard(ScanPolicy policy) {
		this.policy = policy;
	}

	/**
	 * Let a query pass, or not.
	 * @throws InvalidDataAccessApiUsageException if it reads a whole table and must not
	 */
	void check(Query query, QueryPlan plan, Class<?> type) {
		if (this.policy == ScanPolicy.ALLOW || !plan.isTableScan() || query.isTableScanAllowed()) {
			return;
		}
		String said = "The query for " + type.getSimpleName() + " reads its whole table, for its filter names no "
				+ "partition: " + shape(plan)
				+ ". Compare the partition key for equality, or say allowTableScan() where that is meant";
		if (this.policy == ScanPolicy.REFUSE) {
			throw new InvalidDataAccessApiUsageException(said);
		}
		if (this.warned.add(type.getName() + ' ' + shape(plan))) {
			logger.warn(said);
		}
	}

	/**
	 * Return a plan's first filter without its values.
	 */
	static String shape(QueryPlan plan) {
		String filter = plan.requests().get(0).filter();
		return (filter != null) ? LITERAL.matcher(filter).replaceAll("?") : "(no filter)";
	}

}
