package dev.reactiveazure.sample.importing;

import java.math.BigDecimal;
import java.util.List;

import dev.reactiveazure.sample.order.InvalidOrderException;
import dev.reactiveazure.sample.order.Order;
import dev.reactiveazure.sample.order.OrderDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Service;

/**
 * Places the orders of a CSV stream: {@code id,customer,total} a line, after a header
 * line or not.
 * <p>
 * No more lines are read than orders can be placed at a time, so the stream may be of any
 * length and its sender is slowed down. A line that fails does not stop the others. The
 * same stream can be sent again after any failure: see {@link OrderDesk#placeOrRepeat}.
 */
@Service
class OrderImport {

	static final int CONCURRENCY = 32;

	private static final Logger logger = LoggerFactory.getLogger(OrderImport.class);

	private static final List<String> COLUMNS = List.of("id", "customer", "total");

	private final OrderDesk desk;

	OrderImport(OrderDesk desk) {
		this.desk = desk;
	}

	Mono<ImportReport> importOrders(Flux<DataBuffer> csv) {
		return CsvLines.of(csv)
			.flatMap(this::importLine, CONCURRENCY)
			.reduce(ImportReport.EMPTY, ImportReport::plus)
			.doOnSuccess((report) -> logger.info("Imported {} orders, {} existed, {} lines failed", report.imported(),
					report.existing(), report.failures()));
	}

	private Mono<LineOutcome> importLine(CsvLine line) {
		if (line instanceof CsvLine.Text text) {
			return importText(text);
		}
		return Mono.just(new FailedLine(line.number(), ((CsvLine.Unreadable) line).reason()));
	}

	private Mono<LineOutcome> importText(CsvLine.Text line) {
		if (line.text().isBlank() || isHeader(line)) {
			return Mono.empty();
		}
		return Mono.fromSupplier(() -> order(line.text()))
			.flatMap(this.desk::placeOrRepeat)
			.map(OrderImport::outcome)
			.onErrorResume((ex) -> Mono.just(failure(line, ex)));
	}

	private static boolean isHeader(CsvLine.Text line) {
		return line.number() == 1 && line.text().replace(" ", "").equalsIgnoreCase(String.join(",", COLUMNS));
	}

	private static Order order(String line) {
		List<String> fields = CsvFields.of(line);
		if (fields.size() != COLUMNS.size()) {
			throw new IllegalArgumentException("Expected id,customer,total, but found " + fields.size() + " fields");
		}
		return Order.placed(fields.get(1), fields.get(0), total(fields.get(2)));
	}

	private static BigDecimal total(String text) {
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw new InvalidOrderException("total", "is no number");
		}
	}

	private static LineOutcome outcome(OrderDesk.Placement placement) {
		return switch (placement) {
			case NEW -> LineOutcome.Placed.IMPORTED;
			case EXISTING -> LineOutcome.Placed.EXISTING;
		};
	}

	private static LineOutcome failure(CsvLine line, Throwable ex) {
		String message = ex.getMessage();
		return new FailedLine(line.number(), (message != null) ? message : ex.toString());
	}

}
