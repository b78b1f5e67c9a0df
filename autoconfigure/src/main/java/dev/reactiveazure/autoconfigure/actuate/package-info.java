/**
 * What both services have in common in the actuator.
 */
@NullMarked
package dev.reactiveazure.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
