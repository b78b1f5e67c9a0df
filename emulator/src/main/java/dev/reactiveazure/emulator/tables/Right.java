package dev.reactiveazure.emulator.tables;

/**
 * What an operation needs to be allowed: the resource type and the permissions of an
 * account SAS, of which any or all must be there.
 */
enum Right {

	READ_SERVICE("s", "r", true), WRITE_SERVICE("s", "w", true), LIST_TABLES("sc", "l", false),
	CREATE_TABLE("c", "cw", false), DELETE_TABLE("c", "d", true), ACCESS_POLICIES("", "", false), QUERY("o", "r", true),
	INSERT("o", "a", true), UPDATE("o", "u", true), UPSERT("o", "au", true), DELETE("o", "d", true);

	private final String resourceTypes;

	private final String permissions;

	private final boolean all;

	Right(String resourceTypes, String permissions, boolean all) {
		this.resourceTypes = resourceTypes;
		this.permissions = permissions;
		this.all = all;
	}

	/**
	 * Whether any SAS can give this right.
	 */
	boolean grantable() {
		return this != ACCESS_POLICIES;
	}

	/**
	 * Whether the right is about the entities of a table.
	 */
	boolean onEntities() {
		return this.resourceTypes.equals("o");
	}

	boolean inResourceTypes(String granted) {
		return this.resourceTypes.chars().anyMatch((type) -> granted.indexOf(type) >= 0);
	}

	boolean inPermissions(String granted) {
		return this.all ? this.permissions.chars().allMatch((each) -> granted.indexOf(each) >= 0)
				: this.permissions.chars().anyMatch((each) -> granted.indexOf(each) >= 0);
	}

}
