@NullMarked
package dev.reactiveazure.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
