@NullMarked
package dev.reactiveazure.eventgrid.docs;

import org.jspecify.annotations.NullMarked;
