/**
 * Queries in terms of mapped properties.
 */
@NullMarked
package dev.reactiveazure.tables.query;

import org.jspecify.annotations.NullMarked;
