package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.reactiveazure.core.pipeline.HeaderSink;
import dev.reactiveazure.core.pipeline.Operation;
import dev.reactiveazure.core.pipeline.RequestHeaders;
import io.netty.util.AsciiString;

import org.springframework.http.HttpMethod;

/**
 * How one kind of service is spoken to, in one version of the protocol.
 */
final class TablesDialect {

	static final String DEFAULT_VERSION = "2020-12-06";

	private static final Pattern COSMOS_TABLE_NAME = Pattern.compile("[^/\\\\#?]{0,254}[^ /\\\\#?]");

	private static final int COSMOS_ROW_KEY_BYTES = 255;

	private static final int MIB = 1024 * 1024;

	private static final AsciiString ACCEPT = AsciiString.cached("Accept");

	private static final AsciiString MINIMAL_METADATA = AsciiString.cached("application/json;odata=minimalmetadata");

	private static final AsciiString JSON = AsciiString.cached("application/json");

	private static final AsciiString XML = AsciiString.cached("application/xml");

	private static final AsciiString VERSION_HEADER = AsciiString.cached("x-ms-version");

	private static final AsciiString DATA_VERSION = AsciiString.cached("DataServiceVersion");

	private static final AsciiString DATA_VERSION_VALUE = AsciiString.cached("3.0");

	private static final AsciiString PREFER = AsciiString.cached("Prefer");

	private static final AsciiString NO_CONTENT = AsciiString.cached("return-no-content");

	private static final AsciiString CONTENT = AsciiString.cached("return-content");

	private static final AsciiString IF_MATCH = AsciiString.cached("If-Match");

	private static final AsciiString HTTP_METHOD = AsciiString.cached("X-HTTP-Method");

	private static final AsciiString MERGE = AsciiString.cached("MERGE");

	private final TableServiceKind kind;

	private final RequestHeaders common;

	private final RequestHeaders insert;

	private final RequestHeaders insertAndGet;

	private final RequestHeaders upsertMerge;

	private final RequestHeaders batch;

	private final RequestHeaders xml;

	private final Operation merge;

	private final Operation upsertMergeOperation;

	TablesDialect(TableServiceKind kind, String apiVersion) {
		AsciiString version = AsciiString.cached(apiVersion);
		this.kind = kind;
		this.common = (headers) -> {
			headers.set(ACCEPT, MINIMAL_METADATA);
			headers.set(VERSION_HEADER, version);
			headers.set(DATA_VERSION, DATA_VERSION_VALUE);
		};
		this.insert = (headers) -> {
			this.common.apply(headers);
			headers.set(PREFER, NO_CONTENT);
		};
		this.insertAndGet = (headers) -> {
			this.common.apply(headers);
			headers.set(PREFER, CONTENT);
		};
		this.batch = (headers) -> {
			headers.set(ACCEPT, JSON);
			headers.set(VERSION_HEADER, version);
			headers.set(DATA_VERSION, DATA_VERSION_VALUE);
		};
		this.xml = (headers) -> {
			headers.set(ACCEPT, XML);
			headers.set(VERSION_HEADER, version);
		};
		this.upsertMerge = (headers) -> {
			this.common.apply(headers);
			tunnel(headers);
		};
		this.merge = mergeMethod(TablesOperations.MERGE);
		this.upsertMergeOperation = mergeMethod(TablesOperations.UPSERT_MERGE);
	}

	private boolean isCosmos() {
		return this.kind == TableServiceKind.COSMOS;
	}

	private Operation mergeMethod(Operation operation) {
		return isCosmos()
				? new Operation(operation.name(), operation.description(), HttpMethod.POST, operation.retrySafety())
				: operation;
	}

	private void tunnel(HeaderSink headers) {
		if (isCosmos()) {
			headers.set(HTTP_METHOD, MERGE);
		}
	}

	TableServiceKind kind() {
		return this.kind;
	}

	RequestHeaders common() {
		return this.common;
	}

	RequestHeaders insert() {
		return this.insert;
	}

	RequestHeaders insertAndGet() {
		return this.insertAndGet;
	}

	RequestHeaders upsertMerge() {
		return this.upsertMerge;
	}

	RequestHeaders batch() {
		return this.batch;
	}

	RequestHeaders xml() {
		return this.xml;
	}

	RequestHeaders ifMatch(MatchCondition condition) {
		return (headers) -> {
			this.common.apply(headers);
			headers.set(IF_MATCH, condition.headerValue());
		};
	}

	RequestHeaders mergeIfMatch(MatchCondition condition) {
		return (headers) -> {
			this.upsertMerge.apply(headers);
			headers.set(IF_MATCH, condition.headerValue());
		};
	}

	Operation merge() {
		return this.merge;
	}

	Operation upsertMergeOperation() {
		return this.upsertMergeOperation;
	}

	/**
	 * Return how many bytes the body of a transaction may have.
	 */
	int maxTransactionSize() {
		return isCosmos() ? 2 * MIB : 4 * MIB;
	}

	void checkTableName(String name) {
		if (!isCosmos()) {
			EntityLimits.checkTableName(name);
			return;
		}
		if (!COSMOS_TABLE_NAME.matcher(name).matches()) {
			throw new InvalidEntityException("table", "'" + name + "' can't be the name of a table in Cosmos DB: it "
					+ "takes 1 to 255 characters, none of / \\ # ? and no space at the end");
		}
	}

	void checkKey(TableKey key) {
		EntityLimits.checkKey(key);
		// A character has at most three bytes, so only long keys must be counted.
		if (isCosmos() && key.rowKey().length() > COSMOS_ROW_KEY_BYTES / 3
				&& key.rowKey().getBytes(StandardCharsets.UTF_8).length > COSMOS_ROW_KEY_BYTES) {
			throw new InvalidEntityException("RowKey", "RowKey must not be longer than 255 bytes in Cosmos DB");
		}
	}

	/**
	 * Refuse an operation that only storage accounts have.
	 */
	void requireStorage(String operation) {
		if (isCosmos()) {
			throw new UnsupportedOperationException("The Table API of Cosmos DB has no " + operation);
		}
	}

}
