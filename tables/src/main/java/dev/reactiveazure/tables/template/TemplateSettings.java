package dev.reactiveazure.tables.template;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import reactor.core.scheduler.Scheduler;

/**
 * What a template was built with.
 *
 * @param service the account's client
 * @param mapping returns what is known about classes
 * @param options options
 * @param names which tables classes are in
 * @param lifecycle callbacks
 * @param scheduler runs waits
 * @param random makes them random
 */
record TemplateSettings(TableServiceClient service, Supplier<TableMappingContext> mapping, TableTemplateOptions options,
		TableNameResolver names, EntityLifecycle lifecycle, Scheduler scheduler, DoubleSupplier random) {
}
