package dev.reactiveazure.core.pipeline;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.jdk.NumberSerializers;

/**
 * Writes {@code double}s of few decimals without a string, and leaves all others to
 * Jackson. Compared with Jackson on random input in {@code FastJsonTests}.
 */
final class JsonDoubles {

	private JsonDoubles() {
	}

	/**
	 * Takes nothing for a number where Jackson takes 48 bytes.
	 */
	static final class Writer extends NumberSerializers.DoubleSerializer {

		Writer(Class<?> type) {
			super(type);
		}

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			if (FastJson.isPlain(generator)) {
				FastJson.Scratch scratch = FastJson.scratch(context);
				int length = ShortDoubles.write((Double) value, scratch.bytes(), 0);
				if (length > 0) {
					generator.writeNumber(scratch.chars(length), 0, length);
					return;
				}
			}
			super.serialize(value, generator, context);
		}

	}

}
