@NullMarked
package dev.reactiveazure.autoconfigure.eventgrid.actuate;

import org.jspecify.annotations.NullMarked;
