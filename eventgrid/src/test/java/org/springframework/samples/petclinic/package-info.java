/**
 * Stands for an application that lives in one of Spring's packages, as its samples do.
 */
@NullMarked
package org.springframework.samples.petclinic;

import org.jspecify.annotations.NullMarked;
