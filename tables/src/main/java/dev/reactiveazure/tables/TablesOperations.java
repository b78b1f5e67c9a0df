package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RetrySafety;
import io.netty.util.AsciiString;

import org.springframework.http.HttpMethod;

/**
 * The operations of the Table service.
 */
final class TablesOperations {

	static final Operation CREATE_TABLE = operation("create_table", "create table", HttpMethod.POST);

	static final Operation DELETE_TABLE = operation("delete_table", "delete table", HttpMethod.DELETE);

	static final Operation INSERT = operation("insert", "insert entity", HttpMethod.POST);

	static final Operation GET = operation("get", "get entity", HttpMethod.GET);

	static final Operation QUERY = operation("query", "query entities", HttpMethod.GET);

	static final Operation REPLACE = operation("replace", "replace entity", HttpMethod.PUT);

	static final Operation MERGE = operation("merge", "merge entity", HttpMethod.PATCH);

	static final Operation UPSERT_REPLACE = operation("upsert_replace", "insert or replace entity", HttpMethod.PUT);

	static final Operation UPSERT_MERGE = operation("upsert_merge", "insert or merge entity", HttpMethod.PATCH);

	static final Operation DELETE = operation("delete", "delete entity", HttpMethod.DELETE);

	static final Operation TRANSACTION = operation("transaction", "submit transaction", HttpMethod.POST);

	static final Operation LIST_TABLES = operation("list_tables", "list tables", HttpMethod.GET);

	static final Operation GET_PROPERTIES = operation("get_properties", "get service properties", HttpMethod.GET);

	static final Operation SET_PROPERTIES = operation("set_properties", "set service properties", HttpMethod.PUT);

	static final Operation GET_STATISTICS = operation("get_statistics", "get service statistics", HttpMethod.GET);

	static final Operation GET_POLICIES = operation("get_policies", "get access policies", HttpMethod.GET);

	static final Operation SET_POLICIES = operation("set_policies", "set access policies", HttpMethod.PUT);

	static final Operation GET_DELEGATION_KEY = operation("get_delegation_key", "get user delegation key",
			HttpMethod.POST);

	static final AsciiString CONTENT_TYPE = AsciiString.cached("application/json;odata=nometadata");

	private TablesOperations() {
	}

	/**
	 * Any operation may be tried again, for a second answer that contradicts the first is
	 * looked into.
	 */
	private static Operation operation(String name, String description, HttpMethod method) {
		return new Operation(name, description, method, RetrySafety.ALWAYS);
	}

}
