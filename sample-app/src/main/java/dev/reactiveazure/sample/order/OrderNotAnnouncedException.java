package dev.reactiveazure.sample.order;

/**
 * An order is stored, but its event could not be published.
 */
public final class OrderNotAnnouncedException extends RuntimeException {

	private final String orderId;

	OrderNotAnnouncedException(Order order, Throwable cause) {
		super("Order '" + order.id() + "' of '" + order.customer()
				+ "' is stored, but could not be announced: send it to /orders/import with this id. "
				+ cause.getMessage(), cause);
		this.orderId = order.id();
	}

	String orderId() {
		return this.orderId;
	}

}
