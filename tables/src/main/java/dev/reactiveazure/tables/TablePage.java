package dev.reactiveazure.tables;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page as the service cut it.
 *
 * @param items from none to 1,000 entities; an empty page need not be the last
 * @param continuation where the next page begins, for {@link TableQuery#from}, in this
 * JVM or any other; {@code null} behind the last page
 * @param <T> the entities' type
 */
public record TablePage<T>(List<T> items, @Nullable String continuation) {

	public TablePage {
		items = List.copyOf(items);
	}

}
