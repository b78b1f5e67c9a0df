package dev.reactiveazure.autoconfigure.docs;

import java.math.BigDecimal;

import dev.reactiveazure.tables.TableKey;
import dev.reactiveazure.tables.mapping.PartitionKey;
import dev.reactiveazure.tables.mapping.RowKey;
import dev.reactiveazure.tables.mapping.Table;
import dev.reactiveazure.tables.template.TableTemplate;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
class Orders {

	private final TableTemplate tables;

	Orders(TableTemplate tables) {
		this.tables = tables;
	}

	Mono<Order> place(Order order) {
		return this.tables.insert(order);
	}

	Mono<Order> find(String customer, String id) {
		return this.tables.findByKey(TableKey.of(customer, id), Order.class);
	}

	@Table("orders")
	record Order(@PartitionKey String customer, @RowKey String id, BigDecimal total) {

	}

}
