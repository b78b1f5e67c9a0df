package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.UUID;

/**
 * Takes the properties of one row, in any order, each by name and then by value:
 * {@code row.property(2).int64(n)}. What has no value is left out.
 * <p>
 * Valid only while {@link EntityCodec#write} runs; not thread-safe. What the service
 * would refuse throws an {@link InvalidEntityException} that names the property.
 */
public interface RowWriter {

	/**
	 * Begin a property.
	 * @param index its index in {@link EntityCodec#properties()}
	 */
	RowWriter property(int index);

	/**
	 * Begin a property.
	 * @param name its stored name
	 */
	RowWriter property(String name);

	void string(String value);

	void int32(int value);

	void int64(long value);

	void float64(double value);

	void bool(boolean value);

	void dateTime(Instant value);

	void guid(UUID value);

	void binary(byte[] value);

}
