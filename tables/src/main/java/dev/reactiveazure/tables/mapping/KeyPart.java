package dev.reactiveazure.tables.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

import dev.reactiveazure.tables.EdmType;
import dev.reactiveazure.tables.InvalidEntityException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.mapping.MappingException;
import org.springframework.util.Assert;

/**
 * A property that is a key or a part of one.
 *
 * @param column the key
 * @param order its place among the parts
 * @param ordered whether texts are in the order of values, which a key's prefix keeps too
 * where they are all of one length
 * @param fixedLength whether all texts are of one length
 * @param descending whether texts are in the reverse order of values
 * @param encoding how the value becomes text
 * @param encode makes the text of a value
 * @param decode makes the value of its text
 */
record KeyPart(String column, int order, boolean ordered, boolean fixedLength, boolean descending, KeyEncoding encoding,
		Function<Object, String> encode, Function<String, Object> decode) {

	/**
	 * Return how a property is a key.
	 * @param type how the property would be stored if it were none
	 * @throws MappingException if it can't be one
	 */
	static KeyPart of(TablePersistentProperty property, ColumnType type) {
		RowKey row = property.findAnnotation(RowKey.class);
		if (row != null) {
			return of("RowKey", row.order(), row.encoding(), row.descending(), property, type);
		}
		PartitionKey partition = property.findAnnotation(PartitionKey.class);
		Assert.state(partition != null, "A key's property has an annotation");
		return of("PartitionKey", partition.order(), partition.encoding(), partition.descending(), property, type);
	}

	private static KeyPart of(String column, int order, KeyEncoding encoding, boolean descending,
			TablePersistentProperty property, ColumnType type) {
		boolean text = type.edmType() == EdmType.STRING && !type.numeric();
		KeyEncoding chosen = choose(encoding, descending, property, text);
		if (chosen == KeyEncoding.SORTABLE) {
			SortableText form = SortableText.of(property.getType(), descending);
			if (form != null) {
				return new KeyPart(column, order, true, property.getType() != java.math.BigInteger.class, descending,
						chosen, form.encode(), form.decode());
			}
			boolean plain = property.getType() == String.class && !descending;
			check(plain, property, descending ? "has no descending form" : "has no sortable form");
		}
		check(text || type.edmType() == EdmType.GUID || type.numeric() || isWhole(type), property,
				"is not stored as text and can't be a key: use another type");
		boolean ordered = type.ordered() && (text || type.edmType() == EdmType.GUID) && chosen != KeyEncoding.PERCENT
				&& chosen != KeyEncoding.BASE64URL;
		boolean fixed = type.edmType() == EdmType.GUID && ordered;
		return new KeyPart(column, order, ordered, fixed, false, chosen,
				(value) -> escape(type.toStored().apply(value).toString(), chosen),
				(stored) -> parse(type, unescape(stored, chosen)));
	}

	private static Object parse(ColumnType type, String text) {
		Object value = type.parse(text);
		if (value == null) {
			throw new IllegalArgumentException("it stands for no value");
		}
		return value;
	}

	private static boolean isWhole(ColumnType type) {
		return type.edmType() == EdmType.INT32 || type.edmType() == EdmType.INT64;
	}

	private static KeyEncoding choose(KeyEncoding encoding, boolean descending, TablePersistentProperty property,
			boolean text) {
		if (encoding == KeyEncoding.AUTO) {
			boolean asIs = text || property.getType() == java.util.UUID.class;
			return (asIs && !descending) ? KeyEncoding.TEXT : KeyEncoding.SORTABLE;
		}
		check(!descending || encoding == KeyEncoding.SORTABLE, property, "can be descending as SORTABLE only");
		return encoding;
	}

	private static void check(boolean condition, TablePersistentProperty property, String problem) {
		if (!condition) {
			throw new MappingException("is a key, but a " + property.getType().getName() + " " + problem);
		}
	}

	/**
	 * Return the text of a value.
	 * @param property the property's name, for the message
	 * @throws InvalidEntityException if the value has no text
	 */
	String encode(@Nullable Object value, String property) {
		if (value == null) {
			throw new InvalidEntityException(property,
					"Property '" + property + "' belongs to the " + this.column + " and must not be null");
		}
		try {
			return this.encode.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEntityException(property,
					"Property '" + property + "' can't be in the " + this.column + ": " + ex.getMessage());
		}
	}

	/**
	 * Return whether texts may contain a character that is no separator by the rules for
	 * all keys.
	 */
	boolean mayContain(char separator) {
		return separator == '_' && this.encoding == KeyEncoding.BASE64URL;
	}

	/**
	 * Return a text with what separates parts taken out of it, where the encoding does.
	 */
	String separated(String text, char separator, String property) {
		if (text.indexOf(separator) < 0) {
			return text;
		}
		if (this.encoding == KeyEncoding.PERCENT) {
			return text.replace(String.valueOf(separator), "%%%02X".formatted((int) separator));
		}
		throw new InvalidEntityException(property,
				"Property '" + property + "' must not contain '" + separator + "', which separates the parts of the "
						+ this.column + ": encode it by PERCENT, or use another " + "separator");
	}

	private static String escape(String text, KeyEncoding encoding) {
		return switch (encoding) {
			case PERCENT -> percent(text);
			case BASE64URL ->
				Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
			default -> text;
		};
	}

	private static String unescape(String text, KeyEncoding encoding) {
		return switch (encoding) {
			case PERCENT -> unpercent(text);
			case BASE64URL -> new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			default -> text;
		};
	}

	private static String percent(String text) {
		StringBuilder escaped = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '%' || c == '/' || c == '\\' || c == '#' || c == '?' || c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
				for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
					escaped.append("%%%02X".formatted(b & 0xff));
				}
			}
			else {
				escaped.append(c);
			}
		}
		return escaped.toString();
	}

	private static String unpercent(String text) {
		if (text.indexOf('%') < 0) {
			return text;
		}
		java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(text.length());
		byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < encoded.length; i++) {
			if (encoded[i] != '%') {
				bytes.write(encoded[i]);
				continue;
			}
			Assert.isTrue(i + 2 < encoded.length, "a '%' without two hexadecimal digits");
			bytes.write(Integer.parseInt(new String(encoded, i + 1, 2, StandardCharsets.US_ASCII), 16));
			i += 2;
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

}
