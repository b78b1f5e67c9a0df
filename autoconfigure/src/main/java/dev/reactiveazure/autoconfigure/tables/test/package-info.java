/**
 * The slice of an application that works with Table storage, for users' tests.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.tables.test;

import org.jspecify.annotations.NullMarked;
