/**
 * The embedded emulator in users' tests.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.emulator.test;

import org.jspecify.annotations.NullMarked;
