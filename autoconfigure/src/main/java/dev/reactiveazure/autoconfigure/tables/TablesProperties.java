package dev.reactiveazure.autoconfigure.tables;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of Azure Table storage: of the default connection, and by name of others.
 */
@ConfigurationProperties("azure.tables")
public class TablesProperties extends TablesConnectionProperties {

	/**
	 * Further connections by name, each with the properties of the default one. Their
	 * beans are injected with @Qualifier and that name.
	 */
	private final Map<String, TablesConnectionProperties> connections = new LinkedHashMap<>();

	public Map<String, TablesConnectionProperties> getConnections() {
		return this.connections;
	}

}
