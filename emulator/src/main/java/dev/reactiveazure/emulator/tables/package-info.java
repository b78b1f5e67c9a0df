/**
 * The emulated Azure Table service.
 */
@NullMarked
package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.NullMarked;
