@NullMarked
package dev.reactiveazure.autoconfigure.eventgrid;

import org.jspecify.annotations.NullMarked;
