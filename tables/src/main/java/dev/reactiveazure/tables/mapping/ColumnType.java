package dev.reactiveazure.tables.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.RowReader;
import dev.reactiveazure.tables.RowWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * How values of a Java type are stored.
 *
 * @param edmType the type in the service
 * @param ordered whether stored values are in the same order as values, so that a filter
 * may ask for less or more
 * @param toStored makes a value of {@code edmType} of one of the Java type
 * @param fromStored makes a value of the Java type of one of {@code edmType}
 */
record ColumnType(EdmType edmType, boolean ordered, Function<Object, Object> toStored,
		Function<Object, Object> fromStored) {

	private static final Map<Class<?>, ColumnType> TYPES = types();

	private static Map<Class<?>, ColumnType> types() {
		Map<Class<?>, ColumnType> types = new HashMap<>();
		same(types, String.class, EdmType.STRING);
		same(types, Integer.class, EdmType.INT32);
		same(types, Long.class, EdmType.INT64);
		same(types, Double.class, EdmType.DOUBLE);
		same(types, Boolean.class, EdmType.BOOLEAN);
		same(types, Instant.class, EdmType.DATE_TIME);
		same(types, UUID.class, EdmType.GUID);
		same(types, byte[].class, EdmType.BINARY);
		add(types, Short.class, Integer.class, EdmType.INT32, Short::intValue, ColumnType::toShort);
		add(types, Byte.class, Integer.class, EdmType.INT32, Byte::intValue, ColumnType::toByte);
		add(types, Float.class, Double.class, EdmType.DOUBLE, Float::doubleValue, Double::floatValue);
		add(types, OffsetDateTime.class, Instant.class, EdmType.DATE_TIME, OffsetDateTime::toInstant,
				(moment) -> moment.atOffset(ZoneOffset.UTC));
		add(types, ZonedDateTime.class, Instant.class, EdmType.DATE_TIME, ZonedDateTime::toInstant,
				(moment) -> moment.atZone(ZoneOffset.UTC));
		add(types, Character.class, String.class, EdmType.STRING, String::valueOf, ColumnType::toCharacter);
		text(types, LocalDate.class, true, LocalDate::toString, LocalDate::parse);
		text(types, LocalTime.class, true, LocalTime::toString, LocalTime::parse);
		text(types, LocalDateTime.class, true, LocalDateTime::toString, LocalDateTime::parse);
		text(types, BigDecimal.class, false, BigDecimal::toPlainString, BigDecimal::new);
		text(types, BigInteger.class, false, BigInteger::toString, BigInteger::new);
		text(types, Duration.class, false, Duration::toString, Duration::parse);
		text(types, Period.class, false, Period::toString, Period::parse);
		text(types, ZoneId.class, false, ZoneId::getId, ZoneId::of);
		text(types, URI.class, false, URI::toString, URI::create);
		return Map.copyOf(types);
	}

	private static void same(Map<Class<?>, ColumnType> types, Class<?> type, EdmType edmType) {
		types.put(type, new ColumnType(edmType, true, Function.identity(), Function.identity()));
	}

	private static <V> void text(Map<Class<?>, ColumnType> types, Class<V> type, boolean ordered,
			Function<V, String> toText, Function<String, V> fromText) {
		types.put(type, new ColumnType(EdmType.STRING, ordered, (value) -> toText.apply(type.cast(value)),
				(stored) -> fromText.apply((String) stored)));
	}

	private static <V, S> void add(Map<Class<?>, ColumnType> types, Class<V> type, Class<S> storedType, EdmType edmType,
			Function<V, S> toStored, Function<S, V> fromStored) {
		types.put(type, new ColumnType(edmType, true, (value) -> toStored.apply(type.cast(value)),
				(stored) -> fromStored.apply(storedType.cast(stored))));
	}

	private static Short toShort(Integer value) {
		if (value != value.shortValue()) {
			throw new ArithmeticException(value + " is no short");
		}
		return value.shortValue();
	}

	private static Byte toByte(Integer value) {
		if (value != value.byteValue()) {
			throw new ArithmeticException(value + " is no byte");
		}
		return value.byteValue();
	}

	private static Character toCharacter(String text) {
		if (text.length() != 1) {
			throw new IllegalArgumentException("a char is exactly one character");
		}
		return text.charAt(0);
	}

	/**
	 * Return the Java types that are stored as one column, enums aside.
	 */
	static Set<Class<?>> simpleTypes() {
		return TYPES.keySet();
	}

	/**
	 * Return how values of a Java type are stored.
	 * @return the way; {@code null} when there is none
	 */
	static @Nullable ColumnType of(Class<?> javaType) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(javaType);
		return type.isEnum() ? ofEnum(type) : TYPES.get(type);
	}

	private static ColumnType ofEnum(Class<?> type) {
		Map<String, Object> constants = new HashMap<>();
		for (Object constant : type.getEnumConstants()) {
			constants.put(((Enum<?>) constant).name(), constant);
		}
		return new ColumnType(EdmType.STRING, false, (value) -> ((Enum<?>) value).name(), (stored) -> {
			Object constant = constants.get(stored);
			if (constant == null) {
				throw new IllegalArgumentException("'" + stored + "' is none of " + type.getSimpleName() + "'s "
						+ Arrays.toString(type.getEnumConstants()));
			}
			return constant;
		});
	}

	Object read(RowReader row) {
		Object stored = switch (this.edmType) {
			case STRING -> row.string();
			case INT32 -> row.int32();
			case INT64 -> row.int64();
			case DOUBLE -> row.float64();
			case BOOLEAN -> row.bool();
			case DATE_TIME -> row.dateTime();
			case GUID -> row.guid();
			case BINARY -> row.binary();
		};
		return this.fromStored.apply(stored);
	}

	void write(RowWriter row, Object value) {
		Object stored = this.toStored.apply(value);
		switch (this.edmType) {
			case STRING -> row.string((String) stored);
			case INT32 -> row.int32((Integer) stored);
			case INT64 -> row.int64((Long) stored);
			case DOUBLE -> row.float64((Double) stored);
			case BOOLEAN -> row.bool((Boolean) stored);
			case DATE_TIME -> row.dateTime((Instant) stored);
			case GUID -> row.guid((UUID) stored);
			case BINARY -> row.binary((byte[]) stored);
		}
	}

}
