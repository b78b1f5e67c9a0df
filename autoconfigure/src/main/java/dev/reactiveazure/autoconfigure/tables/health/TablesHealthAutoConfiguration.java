package dev.reactiveazure.autoconfigure.tables.health;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.reactiveazure.autoconfigure.NamedConnections;
import dev.reactiveazure.autoconfigure.tables.TablesAutoConfiguration;
import dev.reactiveazure.tables.TableServiceClient;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of Table storage, of
 * each connection by its name. No part of liveness; part of readiness by choice.
 */
@AutoConfiguration(after = TablesAutoConfiguration.class)
@ConditionalOnClass({ TableServiceClient.class, ReactiveHealthContributor.class,
		ConditionalOnEnabledHealthIndicator.class })
public final class TablesHealthAutoConfiguration {

	TablesHealthAutoConfiguration() {
	}

	@Bean
	@ConditionalOnEnabledHealthIndicator("azure-tables")
	@ConditionalOnMissingBean(name = { "azureTablesHealthIndicator", "azureTablesHealthContributor" })
	ReactiveHealthContributor azureTablesHealthContributor(ConfigurableListableBeanFactory beanFactory) {
		Map<String, TableServiceClient> clients = new LinkedHashMap<>();
		beanFactory.getBeansOfType(TableServiceClient.class)
			.forEach((bean, client) -> clients.put(NamedConnections.connectionOf(bean, TableServiceClient.class),
					client));
		return CompositeReactiveHealthContributor.fromMap(clients, TablesHealthIndicator::new);
	}

}
