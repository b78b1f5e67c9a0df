/**
 * Signing the requests of a {@code WebClient}. Needs spring-webflux, which is optional.
 */
@NullMarked
package dev.reactiveazure.core.webclient;

import org.jspecify.annotations.NullMarked;
