package dev.reactiveazure.sample.importing;

import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The import over HTTP.
 */
@RestController
class ImportController {

	private final OrderImport orders;

	ImportController(OrderImport orders) {
		this.orders = orders;
	}

	// The body as it comes, of whatever content type the client calls it.
	@PostMapping("/orders/import")
	Mono<ImportReport> importOrders(ServerHttpRequest request) {
		return this.orders.importOrders(request.getBody());
	}

}
