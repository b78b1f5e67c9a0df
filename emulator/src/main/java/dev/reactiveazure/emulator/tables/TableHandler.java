package dev.reactiveazure.emulator.tables;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import dev.reactiveazure.emulator.http.EmulatorResponse;

/**
 * Creates, lists and deletes tables.
 */
final class TableHandler {

	private static final String RESOURCE = "Tables";

	private final String account;

	private final TableStore store;

	private final Paging paging;

	private final JsonFactory json;

	private final EntityWriter writer;

	TableHandler(String account, TableStore store, Paging paging, JsonFactory json, EntityWriter writer) {
		this.account = account;
		this.store = store;
		this.paging = paging;
		this.json = json;
		this.writer = writer;
	}

	EmulatorResponse onTables(Call call) {
		return switch (call.verb()) {
			case "GET" -> list(call);
			case "POST" -> create(call);
			default -> throw Refusal.methodNotAllowed();
		};
	}

	EmulatorResponse onTable(Call call, String name) {
		return switch (call.verb()) {
			case "GET" -> get(call, name);
			case "DELETE" -> delete(call, name);
			default -> throw Refusal.methodNotAllowed();
		};
	}

	private EmulatorResponse create(Call call) {
		call.grant().check(Right.CREATE_TABLE, "");
		CommandReader.checkContentType(call.headers().first("Content-Type"));
		String name = tableName(call.body());
		this.store.create(name);
		String location = call.location().base() + "/Tables('" + name + "')";
		EntityWriter.View view = view(call);
		return call.wantsNoContent() ? Answers.createdWithoutContent(location)
				: call.acknowledged(Answers.created(view.level(), this.writer.table(name, view), location));
	}

	private String tableName(byte[] body) {
		String name = null;
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), body)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw Refusal.invalidInput();
			}
			while (parser.nextToken() != JsonToken.END_OBJECT) {
				String property = parser.currentName();
				boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
				if (property.equals("TableName") && text) {
					name = parser.getString();
				}
				parser.skipChildren();
			}
		}
		catch (JacksonException ex) {
			throw Refusal.invalidInput();
		}
		if (name == null) {
			throw Refusal.propertiesNeedValue();
		}
		return name;
	}

	private EmulatorResponse list(Call call) {
		call.grant().check(Right.LIST_TABLES, "");
		Filter filter = FilterParser.parse(call.query().get("$filter"));
		EntityWriter.View view = view(call);
		int rows = this.paging.rows(call.query());
		String token = call.query().get("NextTableName");
		String from = (token != null) ? Paging.text(token) : "";
		if (rows > 0 && this.paging.emptyPageFirst(token)) {
			return page(List.of(), view, this.paging.tokenAfterEmptyPage(from));
		}
		List<String> names = new ArrayList<>();
		for (Table table : (rows > 0) ? this.store.from(from) : List.<Table>of()) {
			if (!filter.matches((name) -> property(name, table))) {
				continue;
			}
			if (names.size() == rows) {
				return page(names, view, this.paging.token(table.name()));
			}
			names.add(table.name());
		}
		return page(names, view, null);
	}

	private EmulatorResponse page(List<String> names, EntityWriter.View view, @Nullable String next) {
		EmulatorResponse response = Answers.json(view.level(), this.writer.tables(names, view));
		return (next != null) ? response.withHeader("x-ms-continuation-NextTableName", next) : response;
	}

	private static @Nullable EdmValue property(String name, Table table) {
		return name.equals("TableName") ? EdmValue.string(table.name()) : null;
	}

	private EmulatorResponse get(Call call, String name) {
		call.grant().check(Right.LIST_TABLES, "");
		Table table = this.store.find(name);
		if (table == null) {
			throw Refusal.resourceNotFound();
		}
		EntityWriter.View view = view(call);
		return Answers.json(view.level(), this.writer.table(table.name(), view));
	}

	private EmulatorResponse delete(Call call, String name) {
		call.grant().check(Right.DELETE_TABLE, "");
		this.store.delete(name);
		return Answers.noContent();
	}

	private EntityWriter.View view(Call call) {
		return new EntityWriter.View(call.level(), call.location().base(), this.account, RESOURCE, List.of());
	}

}
