package dev.reactiveazure.tables.template;

import java.util.ArrayList;
import java.util.List;

import dev.reactiveazure.tables.TablePage;
import dev.reactiveazure.tables.TableQuery;
import dev.reactiveazure.tables.TypedTableClient;
import dev.reactiveazure.tables.query.Query;
import dev.reactiveazure.tables.query.QueryPlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Window;
import org.springframework.util.Assert;

/**
 * Finds windows of a query's result, each of which is full unless the result ends.
 * <p>
 * No page is asked to be larger than what the window lacks, so that a window ends where a
 * page does, and the page's continuation is the window's: nothing is read twice.
 */
final class EntityWindows {

	private final EntityQueries queries;

	private final TableCalls calls;

	EntityWindows(EntityQueries queries, TableCalls calls) {
		this.queries = queries;
		this.calls = calls;
	}

	<T> Mono<Window<T>> scroll(Query query, ScrollPosition position, Class<T> type) {
		return Mono.deferContextual((context) -> {
			TableScrollPosition from = from(position);
			Assert.isTrue(query.limit() > 0 && query.limit() <= Integer.MAX_VALUE,
					"The query's limit is the size of the window: set one");
			MappedTable<T> table = this.queries.table(type, context);
			QueryPlan plan = this.queries.plan(query, table);
			Scroll<T> scroll = new Scroll<>(table, this.calls, EntityQueries.requests(plan), (int) query.limit());
			return scroll.from(from)
				.flatMap((window) -> this.queries.afterConvert(table, new TablePage<>(window.items, null))
					.map((page) -> window.of(page.items())))
				.contextWrite(PlanContext.of(plan));
		}).onErrorMap(TableCalls::translate);
	}

	private static TableScrollPosition from(ScrollPosition position) {
		if (position instanceof TableScrollPosition own) {
			return own;
		}
		Assert.isTrue(position.isInitial(),
				() -> "The service can't skip entities, so that only a TableScrollPosition tells where to go on, not "
						+ position);
		return TableScrollPosition.start();
	}

	/**
	 * One window on its way. Belongs to one subscriber, whose signals are serial.
	 */
	private static final class Scroll<T> {

		private final TypedTableClient<T> client;

		private final String table;

		private final TableCalls calls;

		private final List<TableQuery> requests;

		private final int size;

		private final long fingerprint;

		private final List<T> items = new ArrayList<>();

		private int request;

		private @Nullable String continuation;

		Scroll(MappedTable<T> table, TableCalls calls, List<TableQuery> requests, int size) {
			this.client = table.client();
			this.table = table.name();
			this.calls = calls;
			this.requests = requests;
			this.size = size;
			StringBuilder text = new StringBuilder(this.table);
			requests.forEach((request) -> text.append('\n').append(request.filter()).append(request.select()));
			this.fingerprint = TableScrollPosition.fingerprint(text.toString());
		}

		Mono<Scroll<T>> from(TableScrollPosition position) {
			position.requireOf(this.fingerprint);
			Assert.isTrue(position.request() < this.requests.size(), "The scroll position is behind the last entity");
			this.request = position.request();
			this.continuation = position.continuation();
			return Mono.defer(this::nextPage).repeat(() -> !isFull()).then(Mono.just(this));
		}

		private boolean isFull() {
			return this.items.size() == this.size || isAtEnd();
		}

		private boolean isAtEnd() {
			return this.request == this.requests.size();
		}

		private Mono<Void> nextPage() {
			int pageSize = Math.min(TableQuery.MAX_PAGE_SIZE, this.size - this.items.size());
			TableQuery page = this.requests.get(this.request).limit(0).pageSize(pageSize).from(this.continuation);
			return this.calls.in(this.table, this.client.pages(page)).next().doOnNext(this::accept).then();
		}

		private void accept(TablePage<T> page) {
			this.items.addAll(page.items());
			this.continuation = page.continuation();
			if (this.continuation == null) {
				this.request++;
			}
		}

		Window<T> of(List<T> converted) {
			int last = converted.size() - 1;
			TableScrollPosition end = TableScrollPosition.behind(this.request, this.continuation, this.fingerprint);
			return Window.from(converted, (index) -> {
				Assert.state(index == last, "Only the last entity of a window has a position, for the service can go "
						+ "on behind a page and not within");
				return end;
			}, !isAtEnd());
		}

	}

}
