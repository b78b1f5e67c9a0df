package dev.reactiveazure.tables.mapping;

/**
 * What becomes of a stored value that is no constant of its property's enum, where none
 * is marked {@link UnknownValue}.
 */
public enum UnknownEnum {

	/** Reading the row fails, and says which value of which property is unknown. */
	FAIL,

	/** The property is absent. */
	ABSENT

}
