package dev.reactiveazure.tables;

import java.util.UUID;

import dev.reactiveazure.core.pipeline.PipelineSettings;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * What a {@link TableServiceClient} works with: the wire, and what it says about the
 * account as a whole.
 */
record TableService(TablesConnection connection, ServiceTables tables, ServiceSetup setup, JsonFactory json) {

	static TableService of(PipelineSettings primary, @Nullable PipelineSettings secondary, ReadLocation readLocation,
			TablesDialect dialect) {
		// The JDK's parser of doubles wants a string of each.
		JsonFactory json = JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
		TablesConnection connection = new TablesConnection(new RequestPipeline(primary),
				(secondary != null) ? new RequestPipeline(secondary) : null, readLocation, primary.scheduler(), dialect,
				new BatchFormat(primary.endpoint(), UUID.randomUUID()),
				new RowFormat<>(TableEntityCodec.INSTANCE, json));
		return new TableService(connection, new ServiceTables(connection), new ServiceSetup(connection), json);
	}

	<T> TypedTableClient<T> typed(String name, EntityCodec<T> codec) {
		this.connection.dialect().checkTableName(name);
		return new TypedTableClient<>(this.connection, name, new RowFormat<>(codec, this.json));
	}

	void close() {
		this.connection.close();
	}

}
