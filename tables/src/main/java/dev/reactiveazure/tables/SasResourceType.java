package dev.reactiveazure.tables;

import java.util.Arrays;
import java.util.Set;

/**
 * Which resources a shared access signature of an account covers.
 */
public enum SasResourceType {

	/** The service: its properties and statistics. */
	SERVICE('s'),

	/** Tables: to create, delete and list them. */
	CONTAINER('c'),

	/** Entities. */
	OBJECT('o');

	private final char letter;

	SasResourceType(char letter) {
		this.letter = letter;
	}

	static String letters(Set<SasResourceType> types) {
		StringBuilder letters = new StringBuilder();
		Arrays.stream(values()).filter(types::contains).forEach((each) -> letters.append(each.letter));
		return letters.toString();
	}

}
