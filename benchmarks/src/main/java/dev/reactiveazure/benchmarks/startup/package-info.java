/**
 * What an application pays at its start for what it depends on.
 */
@NullMarked
package dev.reactiveazure.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
