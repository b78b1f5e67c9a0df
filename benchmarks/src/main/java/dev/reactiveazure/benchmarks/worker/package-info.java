/**
 * The measured JVM: has contenders of one work and does what it is told line by line, so
 * that it is warmed up once and measured as often as the other contenders' turns allow.
 */
@NullMarked
package dev.reactiveazure.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
