@NullMarked
package dev.reactiveazure.autoconfigure.emulator;

import org.jspecify.annotations.NullMarked;
