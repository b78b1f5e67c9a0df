package dev.reactiveazure.autoconfigure.tables;

import java.util.List;

import dev.reactiveazure.autoconfigure.BeanTypesPreinitializer;
import dev.reactiveazure.tables.TableServiceClient;
import dev.reactiveazure.tables.mapping.TableMappingContext;
import dev.reactiveazure.tables.template.TableTemplate;

/**
 * Looks through the beans of Table storage before they are needed.
 */
final class TablesPreinitializer extends BeanTypesPreinitializer {

	@Override
	protected List<Class<?>> types() {
		return List.of(TablesAutoConfiguration.class, TablesProperties.class, TablesConnections.class,
				ConfiguredTablesConnection.class, TableServiceClient.class, TableMappingContext.class,
				TableTemplate.class);
	}

}
