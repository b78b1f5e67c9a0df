/**
 * The embedded emulator as a development service, with its guards against swallowing
 * production data.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.emulator;

import org.jspecify.annotations.NullMarked;
