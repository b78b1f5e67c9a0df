/**
 * Orders as a stream of CSV lines, of any length.
 */
@NullMarked
package dev.reactiveazure.sample.importing;

import org.jspecify.annotations.NullMarked;
