package dev.reactiveazure.sample.importing;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line at its commas. A field in double quotes may have commas, and double
 * quotes written twice; it can't have line breaks.
 */
final class CsvFields {

	private final String line;

	private int position;

	private CsvFields(String line) {
		this.line = line;
	}

	/**
	 * Return the fields of a line, without blanks around them.
	 * @throws IllegalArgumentException if a quote is not closed, or text follows one
	 */
	static List<String> of(String line) {
		CsvFields fields = new CsvFields(line);
		List<String> values = new ArrayList<>();
		values.add(fields.next());
		while (fields.position < line.length()) {
			fields.position++;
			values.add(fields.next());
		}
		return values;
	}

	private String next() {
		int end = commaFrom(this.position);
		String plain = this.line.substring(this.position, end).strip();
		if (!plain.startsWith("\"")) {
			this.position = end;
			return plain;
		}
		return quoted(this.line.indexOf('"', this.position) + 1);
	}

	private String quoted(int start) {
		StringBuilder value = new StringBuilder();
		int from = start;
		int quote = this.line.indexOf('"', from);
		while (quote >= 0) {
			value.append(this.line, from, quote);
			if (!this.line.startsWith("\"\"", quote)) {
				return endQuoted(value, quote + 1);
			}
			value.append('"');
			from = quote + 2;
			quote = this.line.indexOf('"', from);
		}
		throw new IllegalArgumentException("A double quote is not closed");
	}

	private String endQuoted(StringBuilder value, int end) {
		int comma = commaFrom(end);
		if (!this.line.substring(end, comma).isBlank()) {
			throw new IllegalArgumentException("There is text after a closing double quote");
		}
		this.position = comma;
		return value.toString();
	}

	private int commaFrom(int start) {
		int comma = this.line.indexOf(',', start);
		return (comma >= 0) ? comma : this.line.length();
	}

}
