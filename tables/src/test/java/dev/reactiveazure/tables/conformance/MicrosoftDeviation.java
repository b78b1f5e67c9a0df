package dev.reactiveazure.tables.conformance;

/**
 * What Microsoft's client writes differently from what it was given.
 */
enum MicrosoftDeviation {

	/** NaN and the infinities go out without their type, and so become text. */
	UNTYPED_NAN_IS_TEXT;

	boolean explains(Object written, Object read) {
		return written instanceof Double number && !Double.isFinite(number) && read.equals(number.toString());
	}

}
