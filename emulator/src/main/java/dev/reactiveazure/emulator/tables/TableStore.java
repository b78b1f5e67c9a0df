package dev.reactiveazure.emulator.tables;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;

/**
 * The tables of an account, found without regard to case.
 */
final class TableStore {

	private final ConcurrentSkipListMap<String, Table> tables = new ConcurrentSkipListMap<>();

	private final Map<String, Instant> beingDeleted = new ConcurrentHashMap<>();

	private final EmulatorClock clock;

	private final Duration deletionTime;

	TableStore(EmulatorClock clock, Duration deletionTime) {
		this.clock = clock;
		this.deletionTime = deletionTime;
	}

	void create(String name) {
		Limits.checkNewTable(name);
		checkNotBeingDeleted(key(name));
		if (this.tables.putIfAbsent(key(name), new Table(name)) != null) {
			throw new Refusal(409, "TableAlreadyExists", "The table specified already exists.");
		}
	}

	void delete(String name) {
		checkNotBeingDeleted(key(name));
		if (this.tables.remove(key(name)) == null) {
			throw Refusal.resourceNotFound();
		}
		if (!this.deletionTime.isZero()) {
			this.beingDeleted.put(key(name), this.clock.now().plus(this.deletionTime));
		}
	}

	Table get(String name) {
		Table table = find(name);
		if (table == null) {
			checkNotBeingDeleted(key(name));
			throw Refusal.tableNotFound();
		}
		return table;
	}

	@Nullable Table find(String name) {
		return this.tables.get(key(name));
	}

	/**
	 * The tables in the order of their lower-case names, from the given one on.
	 */
	List<Table> from(String name) {
		return List.copyOf(this.tables.tailMap(key(name), true).values());
	}

	void clear() {
		this.tables.clear();
		this.beingDeleted.clear();
	}

	private void checkNotBeingDeleted(String key) {
		Instant end = this.beingDeleted.get(key);
		if (end == null) {
			return;
		}
		if (this.clock.now().isBefore(end)) {
			throw new Refusal(409, "TableBeingDeleted", "The specified table is being deleted. Try operation later.");
		}
		this.beingDeleted.remove(key, end);
	}

	private static String key(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
