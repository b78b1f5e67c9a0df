@NullMarked
package dev.reactiveazure.emulator.clock;

import org.jspecify.annotations.NullMarked;
