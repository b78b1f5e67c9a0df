package dev.reactiveazure.emulator.tables;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The entities of one table in the order of their keys. A list of commands takes effect
 * as a whole or not at all, also for readers.
 */
final class Table {

	private final String name;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final TreeMap<EntityKey, StoredEntity> entities = new TreeMap<>();

	private volatile List<AccessPolicy> policies = List.of();

	Table(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	List<AccessPolicy> policies() {
		return this.policies;
	}

	void policies(List<AccessPolicy> policies) {
		this.policies = List.copyOf(policies);
	}

	int size() {
		this.lock.readLock().lock();
		try {
			return this.entities.size();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	@Nullable StoredEntity get(EntityKey key) {
		this.lock.readLock().lock();
		try {
			return this.entities.get(key);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	@Nullable StoredEntity apply(EntityCommand command, Ticks ticks) {
		this.lock.writeLock().lock();
		try {
			StoredEntity next = command.apply(this.entities.get(command.key()), ticks.next());
			store(command.key(), next);
			return next;
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * Applies commands on different keys of this table, all with one timestamp.
	 * @return the next versions, null for those that are gone
	 * @throws Refusal of the first command that fails, with its index
	 */
	List<@Nullable StoredEntity> applyAll(List<EntityCommand> commands, Ticks ticks) {
		this.lock.writeLock().lock();
		try {
			Instant now = ticks.next();
			List<@Nullable StoredEntity> next = new ArrayList<>();
			for (int i = 0; i < commands.size(); i++) {
				next.add(outcome(commands.get(i), i, now));
			}
			for (int i = 0; i < commands.size(); i++) {
				store(commands.get(i).key(), next.get(i));
			}
			return next;
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private @Nullable StoredEntity outcome(EntityCommand command, int index, Instant now) {
		try {
			return command.apply(this.entities.get(command.key()), now);
		}
		catch (Refusal ex) {
			throw ex.at(index);
		}
	}

	private void store(EntityKey key, @Nullable StoredEntity next) {
		if (next == null) {
			this.entities.remove(key);
			return;
		}
		this.entities.put(key, next);
	}

	/**
	 * Reads one page.
	 * @param from the first key to look at
	 * @param range the partitions to look at
	 * @param filter which entities to take
	 * @param limit how many to take at most
	 */
	Page page(EntityKey from, KeyRange range, Predicate<StoredEntity> filter, int limit) {
		EntityKey start = (from.compareTo(range.start()) < 0) ? range.start() : from;
		List<StoredEntity> taken = new ArrayList<>();
		this.lock.readLock().lock();
		try {
			for (Map.Entry<EntityKey, StoredEntity> entry : this.entities.tailMap(start, true).entrySet()) {
				if (range.endsBefore(entry.getKey())) {
					break;
				}
				if (taken.size() == limit) {
					return new Page(taken, entry.getKey());
				}
				if (filter.test(entry.getValue())) {
					taken.add(entry.getValue());
				}
			}
			return new Page(taken, null);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	/**
	 * A part of a query's result.
	 *
	 * @param entities the entities, maybe none
	 * @param next the key to go on from, or null at the end
	 */
	record Page(List<StoredEntity> entities, @Nullable EntityKey next) {

	}

}
