package dev.reactiveazure.tables.mapping;

import java.util.Arrays;
import java.util.List;

import dev.reactiveazure.tables.EdmType;
import org.jspecify.annotations.Nullable;

/**
 * Makes what several columns, or a part of one, hold into one value.
 */
sealed interface SlotStep {

	void apply(@Nullable Object[] slots);

	/**
	 * Takes a key apart that several properties make up.
	 *
	 * @param key the key
	 * @param stored the slot of its text
	 * @param targets the slots of the properties
	 */
	record TakeApart(KeyColumn key, int stored, int[] targets) implements SlotStep {

		@Override
		public void apply(@Nullable Object[] slots) {
			if (slots[this.stored] instanceof String text) {
				List<Object> values = this.key.decode(text);
				for (int i = 0; i < this.targets.length; i++) {
					slots[this.targets[i]] = values.get(i);
				}
			}
		}

	}

	/**
	 * Puts a value together that is cut into several columns.
	 *
	 * @param first the slot of the first column, which those of the others follow
	 * @param count how many there may be
	 * @param type how the value is stored
	 * @param target the slot of the value
	 */
	record Join(int first, int count, ColumnType type, int target) implements SlotStep {

		@Override
		public void apply(@Nullable Object[] slots) {
			if (slots[this.first] == null) {
				return;
			}
			int end = this.first;
			while (end < this.first + this.count && slots[end] != null && !isEnd(slots[end])) {
				end++;
			}
			Object joined = (this.type.edmType() == EdmType.BINARY) ? bytes(slots, end) : text(slots, end);
			slots[this.target] = this.type.fromStored().apply(joined);
		}

		private static boolean isEnd(@Nullable Object piece) {
			return (piece instanceof byte[] bytes) ? bytes.length == 0 : "".equals(piece);
		}

		private String text(@Nullable Object[] slots, int end) {
			StringBuilder text = new StringBuilder();
			for (int i = this.first; i < end; i++) {
				text.append(slots[i]);
			}
			return text.toString();
		}

		private byte[] bytes(@Nullable Object[] slots, int end) {
			byte[] joined = {};
			for (int i = this.first; i < end; i++) {
				if (slots[i] instanceof byte[] piece) {
					int length = joined.length;
					joined = Arrays.copyOf(joined, length + piece.length);
					System.arraycopy(piece, 0, joined, length, piece.length);
				}
			}
			return joined;
		}

	}

	/**
	 * Makes an embedded object, unless nothing of it is stored.
	 *
	 * @param plan how it is made
	 * @param first the first slot of it and of what is embedded in it
	 * @param end the slot behind the last
	 * @param target the slot of the object
	 */
	record Embed(ObjectPlan plan, int first, int end, int target) implements SlotStep {

		@Override
		public void apply(@Nullable Object[] slots) {
			for (int i = this.first; i < this.end; i++) {
				if (slots[i] != null) {
					slots[this.target] = this.plan.create(slots);
					return;
				}
			}
		}

	}

}
