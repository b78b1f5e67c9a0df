package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import dev.reactiveazure.core.pipeline.RetrySafety;
import io.netty.util.AsciiString;

import org.springframework.http.HttpMethod;

/**
 * The operations of the Table service and the headers they share.
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

	static final AsciiString CONTENT_TYPE = AsciiString.cached("application/json;odata=nometadata");

	static final RequestHeaders COMMON_HEADERS;

	static final RequestHeaders INSERT_HEADERS;

	private static final AsciiString IF_MATCH = AsciiString.cached("If-Match");

	static {
		AsciiString accept = AsciiString.cached("Accept");
		AsciiString minimal = AsciiString.cached("application/json;odata=minimalmetadata");
		AsciiString version = AsciiString.cached("x-ms-version");
		AsciiString versionValue = AsciiString.cached("2020-12-06");
		AsciiString dataVersion = AsciiString.cached("DataServiceVersion");
		AsciiString dataVersionValue = AsciiString.cached("3.0");
		AsciiString prefer = AsciiString.cached("Prefer");
		AsciiString noContent = AsciiString.cached("return-no-content");
		COMMON_HEADERS = (headers) -> {
			headers.set(accept, minimal);
			headers.set(version, versionValue);
			headers.set(dataVersion, dataVersionValue);
		};
		INSERT_HEADERS = (headers) -> {
			COMMON_HEADERS.apply(headers);
			headers.set(prefer, noContent);
		};
	}

	private TablesOperations() {
	}

	static RequestHeaders ifMatch(MatchCondition condition) {
		return (headers) -> {
			COMMON_HEADERS.apply(headers);
			headers.set(IF_MATCH, condition.headerValue());
		};
	}

	/**
	 * Any operation may be tried again, for a second answer that contradicts the first is
	 * looked into.
	 */
	private static Operation operation(String name, String description, HttpMethod method) {
		return new Operation(name, description, method, RetrySafety.ALWAYS);
	}

}
