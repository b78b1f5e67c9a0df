package dev.reactiveazure.benchmarks;

import java.util.List;

import dev.reactiveazure.benchmarks.measure.Work;

/**
 * One work and the JVMs that compete at it.
 *
 * @param name the name in the report
 * @param work the work
 * @param jvms the JVMs, each with its contenders
 */
record Race(String name, Work work, List<Jvm> jvms) {

	/**
	 * A measured JVM.
	 *
	 * @param name the name of its recording
	 * @param args arguments besides heap and collector
	 * @param entrants the contenders in it
	 */
	record Jvm(String name, List<String> args, List<Entrant> entrants) {

	}

}
