package dev.reactiveazure.benchmarks.worker;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.reactiveazure.benchmarks.eventgrid.EventGridWorks;
import dev.reactiveazure.benchmarks.measure.Work;
import dev.reactiveazure.benchmarks.tables.TablesWorks;

/**
 * All works by name. No client exists before its first operation, so that a catalogue
 * costs nothing.
 */
public final class Catalogue {

	private final Map<String, Supplier<Work>> works = new LinkedHashMap<>();

	/**
	 * Create a catalogue.
	 * @param stub the address of the stub that the contenders talk to
	 */
	public Catalogue(URI stub) {
		TablesWorks tables = new TablesWorks(stub);
		EventGridWorks events = new EventGridWorks(stub);
		this.works.put("insert", tables::insert);
		this.works.put("get", tables::get);
		this.works.put("query", tables::query);
		this.works.put("query-mixed", tables::queryMixed);
		this.works.put("query-full", tables::queryFull);
		this.works.put("query-bare", tables::queryBare);
		this.works.put("transaction", tables::transaction);
		this.works.put("publish1", () -> events.publish(1));
		this.works.put("publish10", () -> events.publish(10));
		this.works.put("publish100", () -> events.publish(100));
		this.works.put("receive", events::receive);
		this.works.put("listener", events::listener);
	}

	/**
	 * All works.
	 * @return their names in the order of the report
	 */
	public List<String> names() {
		return List.copyOf(this.works.keySet());
	}

	/**
	 * The work of the given name.
	 * @param name its name
	 * @return the work
	 */
	public Work work(String name) {
		Supplier<Work> work = this.works.get(name);
		if (work == null) {
			throw new IllegalArgumentException("No work '" + name + "', there are " + names());
		}
		return work.get();
	}

}
