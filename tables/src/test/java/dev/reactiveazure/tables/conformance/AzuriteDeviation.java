package dev.reactiveazure.tables.conformance;

import dev.reactiveazure.tables.TablesService;

/**
 * Each way in which Azurite is known to differ from the real service: the only places
 * where the tests against both expect different things.
 */
public enum AzuriteDeviation {

	/** A wrong key is AuthorizationFailure; the service says AuthenticationFailed. */
	WRONG_KEY_IS_AUTHORIZATION_FAILURE("its authenticator ends in the code of its last check"),

	/** A bad table name is refused with an empty code. */
	BAD_TABLE_NAME_HAS_NO_CODE("its error carries the service's text, but no code"),

	/**
	 * Errors in JSON carry the header x-ms-error-code, which the service sends with XML
	 * only.
	 */
	ERROR_CODE_IS_A_HEADER("its error middleware sets the header for every format"),

	/** A property that was selected and is absent is left out; the service sends null. */
	SELECTED_ABSENT_PROPERTY_IS_OMITTED("it copies the properties that exist"),

	/**
	 * A whole number with a fraction of zero and no type is an Int32; the service takes a
	 * Double.
	 */
	UNTYPED_WHOLE_DOUBLE_IS_INT32("it reads JSON numbers as JavaScript's, which have no 5.0"),

	/** A forbidden character in an inserted key is InvalidInput, not OutOfRangeInput. */
	FORBIDDEN_KEY_CHARACTER_IS_INVALID_INPUT("it has one error for all bad keys"),

	/** A key that is too long is InvalidInput, not PropertyValueTooLarge. */
	LONG_KEY_IS_INVALID_INPUT("it checks keys with an error of its own"),

	/** Names and number of properties are not checked. */
	PROPERTIES_ARE_NOT_COUNTED("it has no such check"),

	/** A comparison with null is answered; the service refuses it. */
	FILTER_COMPARES_WITH_NULL("its parser knows a literal 'null'"),

	/** Keywords of filters may be upper case. */
	FILTER_KEYWORDS_IN_ANY_CASE("its lexer folds case"),

	/**
	 * A filter fails with 500 where an Int64 literal meets an Int32; the service finds
	 * them different.
	 */
	FILTER_FAILS_ON_MIXED_INTEGERS("it reads the number as if it were the text of an Int64"),

	/** More than fifteen comparisons are taken. */
	FILTER_HAS_NO_LIMIT("it has no such check"),

	/** Refused SAS tokens are answered in XML, also where JSON was asked for. */
	SAS_REFUSALS_ARE_XML("its authenticators run before it looks at the accepted format"),

	/** Dates in filters compare by milliseconds. */
	FILTER_DATES_ARE_CUT("it compares JavaScript dates, which hold milliseconds"),

	/** The message on a filter that can't be read does not name the place. */
	FILTER_ERROR_NAMES_NO_PLACE("it has one message for all bad filters"),

	/**
	 * Characters beyond ASCII are lost here and there in requests of more than one chunk.
	 */
	LONG_TEXT_IS_MANGLED("it decodes each chunk of a request on its own"),

	/** What a table SAS says about ranges of keys is not looked at. */
	SAS_RANGES_ARE_NOT_ENFORCED("it has no such check");

	private final String reason;

	AzuriteDeviation(String reason) {
		this.reason = reason;
	}

	/**
	 * Return why Azurite does it.
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * Return whether a service shows this deviation.
	 */
	public boolean isIn(TablesService service) {
		return service == TablesService.AZURITE;
	}

}
