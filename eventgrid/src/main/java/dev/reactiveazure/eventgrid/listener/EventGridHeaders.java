package dev.reactiveazure.eventgrid.listener;

/**
 * Names of the headers of a {@link org.springframework.messaging.Message} that a listener
 * method takes.
 */
public final class EventGridHeaders {

	/**
	 * Stands before the name of each attribute and extension of the event, as in
	 * {@code ce-subject}. {@code @Header} finds them without it as well.
	 */
	public static final String PREFIX = "ce-";

	/**
	 * How often the event was delivered, this time included.
	 */
	public static final String DELIVERY_COUNT = "deliveryCount";

	/**
	 * The {@link EventSettlement} of the delivery.
	 */
	public static final String SETTLEMENT = "settlement";

	private EventGridHeaders() {
	}

}
