/**
 * Connections of Table storage to containers of Testcontainers.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.tables.testcontainers;

import org.jspecify.annotations.NullMarked;
