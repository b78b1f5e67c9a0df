package dev.reactiveazure.tables.template;

import org.springframework.util.function.SingletonSupplier;

/**
 * What a template works with. It makes them for its first operation: with Spring's
 * exceptions they are fifty classes, which an application that starts need not wait for.
 */
record TemplateParts(MappedTables tables, TableCalls calls, EntityWrites writes, EntityReads reads,
		EntityModification modification, EntityQueries queries, EntityWindows windows,
		SingletonSupplier<Projections> projections, BulkWriter bulk, Transactions transactions) {

	static TemplateParts of(TemplateSettings settings) {
		TableCalls calls = new TableCalls(settings.service(), settings.options().createTables(), settings.scheduler());
		return of(settings, settings.names(), calls, new Turns());
	}

	/**
	 * Return parts for the same rows in another table.
	 */
	TemplateParts in(String table, TemplateSettings settings) {
		return of(settings, (entity, context) -> table, this.calls, this.modification.turns());
	}

	private static TemplateParts of(TemplateSettings settings, TableNameResolver names, TableCalls calls, Turns turns) {
		TableTemplateOptions options = settings.options();
		EntityLifecycle lifecycle = settings.lifecycle();
		MappedTables tables = new MappedTables(settings.service(), settings.mapping(), names);
		WritePreparation preparation = new WritePreparation(tables, lifecycle, options.updateMode());
		EntityWrites writes = new EntityWrites(preparation, calls, lifecycle);
		EntityReads reads = new EntityReads(tables, calls, lifecycle, options.readConcurrency());
		EntityModification modification = new EntityModification(tables, reads, writes, calls,
				new Contention(options.modifyAttempts(), settings.scheduler(), settings.random()), turns);
		EntityQueries queries = new EntityQueries(tables, calls, lifecycle, new ScanGuard(options.scanPolicy()),
				options.readConcurrency());
		return new TemplateParts(tables, calls, writes, reads, modification, queries, new EntityWindows(queries, calls),
				SingletonSupplier.of(() -> new Projections(settings.mapping().get())),
				new BulkWriter(preparation, calls, lifecycle, settings.scheduler(), settings.random()),
				new Transactions(preparation, calls, lifecycle));
	}

}
