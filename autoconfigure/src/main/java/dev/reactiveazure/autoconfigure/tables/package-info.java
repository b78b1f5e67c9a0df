/**
 * Auto-configuration of Azure Table storage.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.tables;

import org.jspecify.annotations.NullMarked;
