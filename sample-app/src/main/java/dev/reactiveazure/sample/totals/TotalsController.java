package dev.reactiveazure.sample.totals;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Totals over HTTP.
 */
@RestController
class TotalsController {

	private final Totals totals;

	TotalsController(Totals totals) {
		this.totals = totals;
	}

	@GetMapping("/totals/{customer}")
	Mono<CustomerTotal> total(@PathVariable String customer) {
		return this.totals.totalOf(customer);
	}

}
