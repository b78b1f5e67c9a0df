package dev.reactiveazure.tables;

import java.util.Arrays;
import java.util.Set;

/**
 * What a shared access signature of an account allows, on the resources that it covers.
 */
public enum AccountSasPermission {

	/** To get and query entities; to get properties and statistics of the service. */
	READ('r'),

	/** To create tables; to set properties of the service. */
	WRITE('w'),

	/** To delete entities and tables. */
	DELETE('d'),

	/** To list tables. */
	LIST('l'),

	/** To insert entities. */
	ADD('a'),

	/** To create tables. */
	CREATE('c'),

	/** To replace and merge entities. */
	UPDATE('u');

	private final char letter;

	AccountSasPermission(char letter) {
		this.letter = letter;
	}

	/**
	 * Return the letters of permissions in the order that the service wants.
	 */
	static String letters(Set<AccountSasPermission> permissions) {
		StringBuilder letters = new StringBuilder();
		Arrays.stream(values()).filter(permissions::contains).forEach((each) -> letters.append(each.letter));
		return letters.toString();
	}

}
