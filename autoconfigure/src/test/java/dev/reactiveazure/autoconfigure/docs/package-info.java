@NullMarked
package dev.reactiveazure.autoconfigure.docs;

import org.jspecify.annotations.NullMarked;
