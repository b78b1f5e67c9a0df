package dev.reactiveazure.tables;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The properties of one row, in the order in which they arrive.
 * <p>
 * The caller says which type it expects, and may skip a value by not asking for it.
 * Properties without a value, and those that the codec does not know, do not appear.
 * Valid only while {@link EntityCodec#read} runs; not thread-safe. A value that is not of
 * the type asked for throws an {@link IllegalStateException} that names the property.
 */
public interface RowReader {

	/** What {@link #next()} returns behind the last property. */
	int END = -1;

	/**
	 * Go to the next property.
	 * @return its index in {@link EntityCodec#properties()}, or a running number where
	 * that list is empty; {@link #END} behind the last
	 */
	int next();

	/**
	 * Return the stored name of the current property.
	 */
	String name();

	/**
	 * Return the current property's type as the service says it, wherever in the row it
	 * does so.
	 * @throws IllegalStateException unless {@link EntityCodec#properties()} is empty: a
	 * codec that knows its properties knows their types
	 */
	EdmType type();

	String string();

	/**
	 * Read an {@code Edm.Int32}, or an {@code Edm.Int64} in the range of {@code int}.
	 */
	int int32();

	/**
	 * Read an {@code Edm.Int64} or {@code Edm.Int32}.
	 */
	long int64();

	/**
	 * Read an {@code Edm.Double}, or an integer as one.
	 */
	double float64();

	/**
	 * Read a number of any type, or text that is one, without losing a digit.
	 */
	BigDecimal decimal();

	boolean bool();

	Instant dateTime();

	UUID guid();

	byte[] binary();

	/**
	 * Return the row's version. Known behind the last property.
	 * @return the version; {@code null} when the service sent none
	 */
	@Nullable ETag etag();

}
