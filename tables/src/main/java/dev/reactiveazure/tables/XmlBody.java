package dev.reactiveazure.tables;

import java.util.function.Consumer;

import dev.reactiveazure.core.pipeline.ByteSink;
import dev.reactiveazure.core.pipeline.JsonWriter;
import dev.reactiveazure.core.pipeline.RequestBody;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * A body in XML.
 *
 * @param root name of the root element
 * @param content writes what is in it
 */
record XmlBody(String root, Consumer<Elements> content) implements RequestBody {

	private static final AsciiString CONTENT_TYPE = AsciiString.cached("application/xml");

	@Override
	public CharSequence contentType() {
		return CONTENT_TYPE;
	}

	@Override
	public void write(JsonWriter out) {
		ByteSink sink = out.sink();
		sink.ascii("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
		new Elements(sink).element(this.root, this.content);
	}

	/**
	 * Writes elements one after the other.
	 */
	record Elements(ByteSink sink) {

		void element(String name, Consumer<Elements> content) {
			this.sink.ascii("<" + name + ">");
			content.accept(this);
			this.sink.ascii("</" + name + ">");
		}

		/**
		 * Write an element with text, or nothing where there is no text.
		 */
		void text(String name, @Nullable Object text) {
			if (text != null) {
				String escaped = escape(text.toString());
				element(name, (elements) -> elements.sink.utf8(escaped));
			}
		}

		private static String escape(String text) {
			text.codePoints().forEach(Elements::check);
			return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
		}

		private static void check(int c) {
			boolean legal = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xd800)
					|| (c >= 0xe000 && c != 0xfffe && c != 0xffff);
			if (!legal) {
				throw new IllegalArgumentException(
						String.format("A text has the character U+%04X, which XML can't carry", c));
			}
		}

	}

}
