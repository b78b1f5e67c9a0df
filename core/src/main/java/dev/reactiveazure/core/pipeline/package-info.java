/**
 * The request pipeline: observe, retry, sign, send, read, map errors.
 * <p>
 * For the modules of this project only: types of this package may change in any release
 * and appear in no public signature outside core.
 */
@NullMarked
package dev.reactiveazure.core.pipeline;

import org.jspecify.annotations.NullMarked;
