package dev.reactiveazure.core.pipeline;

/**
 * The headers of a request beyond those of pipeline, body and signer. Applied anew with
 * each try.
 */
@FunctionalInterface
public interface RequestHeaders {

	void apply(HeaderSink headers);

}
