/**
 * The HTTP layer that the emulated services of this module stand on. {@code FaultPlan} is
 * for users; the other public types are public for the service packages of this module
 * only.
 */
@NullMarked
package dev.reactiveazure.emulator.http;

import org.jspecify.annotations.NullMarked;
