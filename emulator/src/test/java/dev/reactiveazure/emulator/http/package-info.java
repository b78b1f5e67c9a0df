@NullMarked
package dev.reactiveazure.emulator.http;

import org.jspecify.annotations.NullMarked;
