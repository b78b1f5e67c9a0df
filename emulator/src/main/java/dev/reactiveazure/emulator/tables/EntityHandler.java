package dev.reactiveazure.emulator.tables;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Query;

/**
 * Reads and writes entities one at a time, and queries them.
 */
final class EntityHandler {

	private static final String PARTITION = "x-ms-continuation-NextPartitionKey";

	private static final String ROW = "x-ms-continuation-NextRowKey";

	private final String account;

	private final TableStore store;

	private final Ticks ticks;

	private final Paging paging;

	private final CommandReader commands;

	private final EntityWriter writer;

	EntityHandler(String account, TableStore store, Ticks ticks, Paging paging, CommandReader commands,
			EntityWriter writer) {
		this.account = account;
		this.store = store;
		this.ticks = ticks;
		this.paging = paging;
		this.commands = commands;
		this.writer = writer;
	}

	EmulatorResponse onTable(Call call, String table) {
		return switch (call.verb()) {
			case "GET" -> query(call, table);
			case "POST" -> insert(call, table);
			default -> throw Refusal.methodNotAllowed();
		};
	}

	EmulatorResponse onEntity(Call call, Address.Entity address) {
		if (call.verb().equals("GET")) {
			return get(call, address);
		}
		EntityCommand command = change(call, address);
		StoredEntity next = this.store.get(address.table()).apply(command, this.ticks);
		return changed(next);
	}

	EmulatorResponse get(Call call, Address.Entity address) {
		call.grant().check(Right.QUERY, address.table());
		StoredEntity entity = this.store.get(address.table()).get(address.key());
		if (entity == null || !call.grant().covers(address.key())) {
			throw Refusal.resourceNotFound();
		}
		EntityWriter.View view = view(call, address.table());
		return Answers.json(view.level(), this.writer.entity(entity, view)).withHeader("ETag", entity.etag());
	}

	/**
	 * Reads an insert and checks that the caller may do it.
	 */
	EntityCommand insertion(Call call, String table) {
		call.grant().check(Right.INSERT, table);
		EntityCommand command = this.commands.insert(call.headers(), call.body());
		call.grant().checkCovers(command.key());
		return command;
	}

	/**
	 * Reads a replace, merge or delete and checks that the caller may do it.
	 */
	EntityCommand change(Call call, Address.Entity address) {
		EntityCommand command = this.commands.change(call.verb(), address.key(), call.headers(), call.body());
		call.grant().check(right(command), address.table());
		call.grant().checkCovers(command.key());
		return command;
	}

	private static Right right(EntityCommand command) {
		if (command instanceof EntityCommand.Delete) {
			return Right.DELETE;
		}
		boolean upsert = (command instanceof EntityCommand.Replace replace
				&& replace.condition() instanceof IfMatch.Absent)
				|| (command instanceof EntityCommand.Merge merge && merge.condition() instanceof IfMatch.Absent);
		return upsert ? Right.UPSERT : Right.UPDATE;
	}

	private EmulatorResponse insert(Call call, String table) {
		EntityCommand command = insertion(call, table);
		StoredEntity entity = this.store.get(table).apply(command, this.ticks);
		return (entity != null) ? inserted(call, table, entity) : Answers.noContent();
	}

	EmulatorResponse inserted(Call call, String table, StoredEntity entity) {
		EntityWriter.View view = view(call, table);
		String location = call.location().base() + "/" + Address.entityPath(table, entity.key());
		EmulatorResponse response = call.wantsNoContent() ? Answers.createdWithoutContent(location)
				: call.acknowledged(Answers.created(view.level(), this.writer.entity(entity, view), location));
		return response.withHeader("ETag", entity.etag());
	}

	EmulatorResponse changed(@Nullable StoredEntity next) {
		EmulatorResponse response = Answers.noContent();
		return (next != null) ? response.withHeader("ETag", next.etag()) : response;
	}

	private EmulatorResponse query(Call call, String name) {
		call.grant().check(Right.QUERY, name);
		Query query = call.query();
		Filter filter = FilterParser.parse(query.get("$filter"));
		EntityWriter.View view = view(call, name);
		int rows = this.paging.rows(query);
		EntityKey from = from(query);
		Table table = this.store.get(name);
		if (rows == 0) {
			return page(List.of(), view);
		}
		if (this.paging.emptyPageFirst(query.get("NextPartitionKey"))) {
			return withContinuation(page(List.of(), view), this.paging.tokenAfterEmptyPage(from.partition()), from);
		}
		Predicate<StoredEntity> visible = (entity) -> filter.matches(entity) && call.grant().covers(entity.key());
		Table.Page page = table.page(from, KeyRange.of(filter), visible, rows);
		EntityKey next = page.next();
		EmulatorResponse response = page(page.entities(), view);
		return (next != null) ? withContinuation(response, this.paging.token(next.partition()), next) : response;
	}

	private EmulatorResponse page(List<StoredEntity> entities, EntityWriter.View view) {
		return Answers.json(view.level(), this.writer.entities(entities, view));
	}

	private static EntityKey from(Query query) {
		String partition = query.get("NextPartitionKey");
		String row = query.get("NextRowKey");
		if (partition == null && row != null) {
			throw Refusal.invalidInput();
		}
		return new EntityKey((partition != null) ? Paging.text(partition) : "", (row != null) ? Paging.text(row) : "");
	}

	/**
	 * A page that ends before the first row of a partition names no row, like the real
	 * service at times.
	 */
	private EmulatorResponse withContinuation(EmulatorResponse response, String partitionToken, EntityKey next) {
		EmulatorResponse continued = response.withHeader(PARTITION, partitionToken);
		return next.row().isEmpty() ? continued : continued.withHeader(ROW, this.paging.token(next.row()));
	}

	private EntityWriter.View view(Call call, String table) {
		return new EntityWriter.View(call.level(), call.location().base(), this.account, table, call.select());
	}

}
