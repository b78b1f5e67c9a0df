package dev.reactiveazure.tables.mapping;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.RowWriter;

/**
 * A value that is cut into as many columns as it needs.
 * <p>
 * An empty piece follows the last one, so that a merge over a longer value leaves no old
 * pieces to be read.
 *
 * @param property the property's Java path
 * @param type how the whole value is stored
 * @param getter reads the property, {@code (Object) -> Object}
 * @param pieces the columns
 */
record SplitColumns(String property, ColumnType type, MethodHandle getter,
		List<Column> pieces) implements ColumnWriter {

	static final int MOST_PIECES = 16;

	private static final int TEXT_LENGTH = 32 * 1024;

	private static final int BINARY_LENGTH = 64 * 1024;

	/**
	 * Return the name of a piece's column.
	 */
	static String name(String column, int piece) {
		return (piece == 0) ? column : column + "_" + (piece + 1);
	}

	@Override
	public void write(Object entity, RowWriter row) {
		Object value = Invoke.get(this.getter, entity);
		if (value == null) {
			return;
		}
		Object stored = this.type.toStored().apply(value);
		int written = (stored instanceof byte[] bytes) ? writeBytes(bytes, row) : writeText((String) stored, row);
		if (written < MOST_PIECES) {
			piece(written, row, (stored instanceof byte[]) ? new byte[0] : "");
		}
	}

	private int writeText(String text, RowWriter row) {
		int piece = 0;
		int start = 0;
		while (start < text.length() || piece == 0) {
			int end = Math.min(start + TEXT_LENGTH, text.length());
			if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
				end--;
			}
			piece(piece++, row, text.substring(start, end));
			start = end;
		}
		return piece;
	}

	private int writeBytes(byte[] bytes, RowWriter row) {
		int piece = 0;
		int start = 0;
		while (start < bytes.length || piece == 0) {
			int end = Math.min(start + BINARY_LENGTH, bytes.length);
			piece(piece++, row, Arrays.copyOfRange(bytes, start, end));
			start = end;
		}
		return piece;
	}

	private void piece(int piece, RowWriter row, Object stored) {
		if (piece >= this.pieces.size()) {
			throw new InvalidEntityException(this.property,
					"Property '" + this.property + "' is larger than " + MOST_PIECES + " columns hold (1 MiB)");
		}
		this.type.writeStored(this.pieces.get(piece).begin(row), stored);
	}

}
