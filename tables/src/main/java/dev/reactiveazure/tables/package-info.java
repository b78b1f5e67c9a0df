/**
 * Reactive client for Azure Table storage: the service, its tables, and their entities.
 */
@NullMarked
package dev.reactiveazure.tables;

import org.jspecify.annotations.NullMarked;
