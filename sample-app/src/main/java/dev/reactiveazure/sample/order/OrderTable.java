package dev.reactiveazure.sample.order;

import dev.reactiveazure.tables.TableServiceClient;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Creates the table of orders before the first request or event comes in.
 */
@Component
class OrderTable implements InitializingBean {

	private final TableServiceClient tables;

	OrderTable(TableServiceClient tables) {
		this.tables = tables;
	}

	@Override
	public void afterPropertiesSet() {
		this.tables.createTableIfAbsent(Order.TABLE).block();
	}

}
