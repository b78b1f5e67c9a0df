package dev.reactiveazure.core;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What an observation of a call knows; the source of its key values.
 * <p>
 * Never holds a key, a signature, a query or an entity's key.
 */
public final class AzureOperationContext extends SenderContext<Map<String, String>> {

	/**
	 * Where a Reactor context holds how the service finds what the calls in it are for, a
	 * name of low cardinality; becomes {@link #plan()}.
	 */
	public static final Object PLAN = AzureOperationContext.class.getName() + ".plan";

	private final String operation;

	private final String resource;

	private final AzureEndpoint endpoint;

	private final ObservedKeys lowCardinality = new ObservedKeys();

	private final ObservedKeys highCardinality = new ObservedKeys();

	private int status;

	private @Nullable String errorCode;

	private @Nullable String requestId;

	private int attempts;

	private @Nullable String plan;

	/**
	 * Create the context of a call.
	 * @param kind {@link Kind#PRODUCER} where the call sends messages, otherwise
	 * {@link Kind#CLIENT}
	 * @param operation the operation's low-cardinality name, such as {@code insert}
	 * @param resource the name of the table or topic, or {@code none}
	 * @param endpoint where the service is
	 */
	@SuppressWarnings("NullAway") // the setter's carrier is the map set below
	public AzureOperationContext(Kind kind, String operation, String resource, AzureEndpoint endpoint) {
		super((carrier, key, value) -> carrier.put(key, value), kind);
		this.operation = operation;
		this.resource = resource;
		this.endpoint = endpoint;
		setCarrier(new LinkedHashMap<>());
	}

	public String operation() {
		return this.operation;
	}

	public String resource() {
		return this.resource;
	}

	public AzureEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return the HTTP status of the last answer.
	 * @return the status, 0 while there was none
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the HTTP status of the last answer as the value of a key.
	 * @return such as {@code 204}; {@code none} while there was none
	 */
	public String statusText() {
		return switch (this.status) {
			case 0 -> KeyValue.NONE_VALUE;
			case 200 -> "200";
			case 201 -> "201";
			case 204 -> "204";
			default -> Integer.toString(this.status);
		};
	}

	/**
	 * Return the error code of the last answer.
	 * @return the service's code; {@code null} when there was none
	 */
	public @Nullable String errorCode() {
		return this.errorCode;
	}

	/**
	 * Return the service's id for the last request.
	 * @return the id; {@code null} when the answer had none
	 */
	public @Nullable String requestId() {
		return this.requestId;
	}

	/**
	 * Return how often the call was tried.
	 * @return tries, at least 1 once the call was sent
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * Return how the service finds what this call is for.
	 * @return such as {@code partition}; {@code null} where nobody said
	 */
	public @Nullable String plan() {
		return this.plan;
	}

	/**
	 * Record the plan, for the pipeline.
	 * @param plan the plan; {@code null} where nobody said
	 */
	public void planned(@Nullable String plan) {
		this.plan = plan;
	}

	/**
	 * Record an answer, for the pipeline.
	 * @param status its status
	 * @param errorCode its error code
	 * @param requestId its request id
	 */
	public void answered(int status, @Nullable String errorCode, @Nullable String requestId) {
		this.status = status;
		this.errorCode = errorCode;
		this.requestId = requestId;
	}

	/**
	 * Record a try, for the pipeline.
	 * @param attempts its number, from 1
	 */
	public void attempted(int attempts) {
		this.attempts = attempts;
	}

	// == Key values ==

	@Override
	public Observation.Context addLowCardinalityKeyValue(KeyValue keyValue) {
		this.lowCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addLowCardinalityKeyValues(KeyValues keyValues) {
		this.lowCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeLowCardinalityKeyValue(String keyName) {
		this.lowCardinality.remove(keyName);
		return this;
	}

	@Override
	public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
		return this.lowCardinality.get(key);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues() {
		return this.lowCardinality.all();
	}

	@Override
	public Observation.Context addHighCardinalityKeyValue(KeyValue keyValue) {
		this.highCardinality.add(keyValue);
		return this;
	}

	@Override
	public Observation.Context addHighCardinalityKeyValues(KeyValues keyValues) {
		this.highCardinality.add(keyValues);
		return this;
	}

	@Override
	public Observation.Context removeHighCardinalityKeyValue(String keyName) {
		this.highCardinality.remove(keyName);
		return this;
	}

	@Override
	public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
		return this.highCardinality.get(key);
	}

	@Override
	public KeyValues getHighCardinalityKeyValues() {
		return this.highCardinality.all();
	}

}
