@NullMarked
package dev.reactiveazure.eventgrid.listener;

import org.jspecify.annotations.NullMarked;
