package dev.reactiveazure.tables;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a shared access signature of a table allows. An upsert needs {@link #ADD} and
 * {@link #UPDATE}.
 */
public enum TableSasPermission {

	/** To get and to query entities. */
	READ('r'),

	/** To insert entities. */
	ADD('a'),

	/** To replace and to merge entities. */
	UPDATE('u'),

	/** To delete entities. */
	DELETE('d');

	private final char letter;

	TableSasPermission(char letter) {
		this.letter = letter;
	}

	/**
	 * Return the letters of permissions in the order that the service wants.
	 */
	static String letters(Set<TableSasPermission> permissions) {
		StringBuilder letters = new StringBuilder();
		Arrays.stream(values()).filter(permissions::contains).forEach((each) -> letters.append(each.letter));
		return letters.toString();
	}

	static Set<TableSasPermission> of(String letters) {
		EnumSet<TableSasPermission> permissions = EnumSet.noneOf(TableSasPermission.class);
		Arrays.stream(values()).filter((each) -> letters.indexOf(each.letter) >= 0).forEach(permissions::add);
		return permissions;
	}

}
