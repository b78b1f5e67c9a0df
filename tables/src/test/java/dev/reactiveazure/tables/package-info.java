@NullMarked
package dev.reactiveazure.tables;

import org.jspecify.annotations.NullMarked;
