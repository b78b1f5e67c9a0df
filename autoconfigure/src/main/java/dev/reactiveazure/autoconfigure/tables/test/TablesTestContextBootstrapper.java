package dev.reactiveazure.autoconfigure.tables.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the context of a {@link TablesTest}.
 */
final class TablesTestContextBootstrapper extends TestSliceTestContextBootstrapper<TablesTest> {

}
