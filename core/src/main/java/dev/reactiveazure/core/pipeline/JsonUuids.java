package dev.reactiveazure.core.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.jdk.UUIDDeserializer;
import tools.jackson.databind.ser.jdk.UUIDSerializer;

/**
 * Reads and writes {@link UUID}s without an array or a string of their text, and leaves
 * all but their usual form to Jackson. Compared with Jackson on random input in
 * {@code FastJsonTests}.
 */
final class JsonUuids {

	static final int LENGTH = 36;

	private static final int FIRST_OF_LEAST = 19;

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

	private JsonUuids() {
	}

	/**
	 * Write the usual form of a UUID.
	 * @param target has room for {@value #LENGTH} bytes
	 */
	static void write(UUID value, byte[] target, int from) {
		long rest = value.getLeastSignificantBits();
		for (int i = LENGTH - 1; i >= 0; i--) {
			if (isHyphen(i)) {
				target[from + i] = '-';
				continue;
			}
			target[from + i] = HEX[(int) rest & 0xf];
			rest = (i == FIRST_OF_LEAST) ? value.getMostSignificantBits() : rest >>> 4;
		}
	}

	private static boolean isHyphen(int index) {
		return index == 8 || index == 13 || index == 18 || index == 23;
	}

	/**
	 * Takes nothing for a UUID where Jackson takes 88 bytes.
	 */
	static final class Writer extends UUIDSerializer {

		@Override
		public void serialize(UUID value, JsonGenerator generator, SerializationContext context) {
			if (_writeAsBinary(context) || !FastJson.isPlain(generator)) {
				super.serialize(value, generator, context);
				return;
			}
			byte[] text = FastJson.scratch(context).bytes();
			write(value, text, 0);
			generator.writeRawUTF8String(text, 0, LENGTH);
		}

	}

	/**
	 * Takes 32 bytes for a UUID where Jackson takes 80 more.
	 */
	static final class Reader extends UUIDDeserializer {

		private static final int HYPHEN_BETWEEN_HALVES = 18;

		@Override
		public @Nullable UUID deserialize(JsonParser parser, DeserializationContext context) {
			if (FastJson.isPlain(parser) && parser.currentToken() == JsonToken.VALUE_STRING
					&& parser.getStringLength() == LENGTH) {
				UUID plain = plain(parser.getStringCharacters(), parser.getStringOffset());
				if (plain != null) {
					return plain;
				}
			}
			return super.deserialize(parser, context);
		}

		private static @Nullable UUID plain(char[] text, int from) {
			long most = 0;
			long least = 0;
			for (int i = 0; i < LENGTH; i++) {
				char c = text[from + i];
				if (isHyphen(i)) {
					if (c != '-') {
						return null;
					}
					continue;
				}
				int digit = (c < 0x80) ? Character.digit(c, 16) : -1;
				if (digit < 0) {
					return null;
				}
				if (i < HYPHEN_BETWEEN_HALVES) {
					most = most << 4 | digit;
				}
				else {
					least = least << 4 | digit;
				}
			}
			return new UUID(most, least);
		}

	}

}
