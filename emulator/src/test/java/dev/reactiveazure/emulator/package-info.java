@NullMarked
package dev.reactiveazure.emulator;

import org.jspecify.annotations.NullMarked;
