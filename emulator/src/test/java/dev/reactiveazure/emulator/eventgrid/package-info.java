@NullMarked
package dev.reactiveazure.emulator.eventgrid;

import org.jspecify.annotations.NullMarked;
