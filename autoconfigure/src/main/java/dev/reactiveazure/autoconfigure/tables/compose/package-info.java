/**
 * Connections of Table storage to services of Docker Compose.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.tables.compose;

import org.jspecify.annotations.NullMarked;
