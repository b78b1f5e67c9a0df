package dev.reactiveazure.sample.totals;

import dev.reactiveazure.tables.TableServiceClient;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Creates the table of counted orders before the first request or event comes in.
 */
@Component
class TotalsTable implements InitializingBean {

	private final TableServiceClient tables;

	TotalsTable(TableServiceClient tables) {
		this.tables = tables;
	}

	@Override
	public void afterPropertiesSet() {
		this.tables.createTableIfAbsent(CountedOrder.TABLE).block();
	}

}
