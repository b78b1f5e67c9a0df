@NullMarked
package dev.reactiveazure.autoconfigure;

import org.jspecify.annotations.NullMarked;
