/**
 * Endpoint, credentials, options and errors that the Azure clients share.
 */
@NullMarked
package dev.reactiveazure.core;

import org.jspecify.annotations.NullMarked;
