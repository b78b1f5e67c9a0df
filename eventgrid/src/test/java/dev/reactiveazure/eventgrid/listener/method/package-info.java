@NullMarked
package dev.reactiveazure.eventgrid.listener.method;

import org.jspecify.annotations.NullMarked;
