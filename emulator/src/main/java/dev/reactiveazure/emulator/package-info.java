/**
 * Emulators of Azure Table storage and Event Grid namespaces in one JVM, over real HTTP,
 * to embed or to run alone.
 */
@NullMarked
package dev.reactiveazure.emulator;

import org.jspecify.annotations.NullMarked;
