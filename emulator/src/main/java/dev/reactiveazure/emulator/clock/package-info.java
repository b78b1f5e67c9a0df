/**
 * The time the emulator lives by. Public because tests hand in a {@code MovableClock}.
 */
@NullMarked
package dev.reactiveazure.emulator.clock;

import org.jspecify.annotations.NullMarked;
