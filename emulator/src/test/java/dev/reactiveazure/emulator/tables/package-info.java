@NullMarked
package dev.reactiveazure.emulator.tables;

import org.jspecify.annotations.NullMarked;
