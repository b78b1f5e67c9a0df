package dev.reactiveazure.emulator.tables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorResponse;
import dev.reactiveazure.emulator.http.Query;

/**
 * Entity group transactions: all changes of the set or none, answered with 202 either
 * way. Of several sets the first is carried out, and each other refused.
 */
final class BatchHandler {

	private static final int MAX_CHANGES = 100;

	private final String account;

	private final TableStore store;

	private final Ticks ticks;

	private final EntityHandler entities;

	private final Answers answers;

	private final EmulatorClock clock;

	BatchHandler(String account, TableStore store, Ticks ticks, EntityHandler entities, Answers answers,
			EmulatorClock clock) {
		this.account = account;
		this.store = store;
		this.ticks = ticks;
		this.entities = entities;
		this.answers = answers;
		this.clock = clock;
	}

	EmulatorResponse handle(Call call) {
		if (!call.verb().equals("POST")) {
			throw Refusal.methodNotAllowed();
		}
		BatchParser.Parsed parsed = BatchParser.parse(call.headers().first("Content-Type"), call.body());
		if (parsed.parts().isEmpty()) {
			throw Refusal.invalidInput();
		}
		return parsed.changes() ? changes(call, parsed) : query(call, parsed.parts().get(0));
	}

	private EmulatorResponse changes(Call call, BatchParser.Parsed parsed) {
		List<List<BatchAnswer.Part>> sets = new ArrayList<>();
		sets.add(changes(call, parsed.parts()));
		for (int i = 0; i < parsed.surplus(); i++) {
			sets.add(List.of(refused(call, Refusal.invalidInput().at(0), parsed.parts().get(0))));
		}
		return BatchAnswer.changes(sets);
	}

	private List<BatchAnswer.Part> changes(Call call, List<BatchPart> parts) {
		try {
			return apply(call, parts);
		}
		catch (Refusal ex) {
			return List.of(refused(call, ex, parts.get(0)));
		}
	}

	private BatchAnswer.Part refused(Call call, Refusal refusal, BatchPart part) {
		return new BatchAnswer.Part(error(call, refusal, part), null);
	}

	private List<BatchAnswer.Part> apply(Call call, List<BatchPart> parts) {
		if (parts.size() > MAX_CHANGES) {
			// The text names the hundredth change although the next one is too many.
			throw Refusal.invalidInput("The batch request operation exceeds the maximum 100 changes per change set.")
				.at(MAX_CHANGES - 1);
		}
		List<Change> changes = new ArrayList<>();
		for (int i = 0; i < parts.size(); i++) {
			changes.add(read(call, parts.get(i), i));
		}
		checkGroup(changes);
		List<@Nullable StoredEntity> next = table(changes).applyAll(changes.stream().map(Change::command).toList(),
				this.ticks);
		List<BatchAnswer.Part> answered = new ArrayList<>();
		for (int i = 0; i < changes.size(); i++) {
			answered.add(answer(changes.get(i), next.get(i), parts.get(i).contentId()));
		}
		return answered;
	}

	private Change read(Call outer, BatchPart part, int index) {
		try {
			Call call = inner(outer, part);
			if (call.address() instanceof Address.Entities table && call.verb().equals("POST")) {
				return new Change(call, table.table(), this.entities.insertion(call, table.table()));
			}
			if (call.address() instanceof Address.Entity entity) {
				return new Change(call, entity.table(), this.entities.change(call, entity));
			}
			throw Refusal.invalidInput();
		}
		catch (Refusal ex) {
			throw ex.at(index);
		}
	}

	private Call inner(Call outer, BatchPart part) {
		String target = part.target();
		int question = target.indexOf('?');
		String path = (question < 0) ? target : target.substring(0, question);
		String query = (question < 0) ? null : target.substring(question + 1);
		Address address = Address.parse(AccountPath.behind(path, this.account));
		return new Call(outer.id(), Call.verb(part.method(), part.headers()), part.headers(), Query.parse(query),
				part.body(), outer.location(), address, outer.grant());
	}

	private static void checkGroup(List<Change> changes) {
		Change first = changes.get(0);
		Set<EntityKey> keys = new HashSet<>();
		for (int i = 0; i < changes.size(); i++) {
			Change change = changes.get(i);
			if (!change.table().equalsIgnoreCase(first.table())
					|| !change.command().key().partition().equals(first.command().key().partition())) {
				throw new Refusal(400, "CommandsInBatchActOnDifferentPartitions",
						"All commands in a batch must operate on same entity group.")
					.at(i);
			}
			if (!keys.add(change.command().key())) {
				throw new Refusal(400, "InvalidDuplicateRow", "The batch request contains multiple changes with same "
						+ "row key. An entity can appear only once in a batch request.")
					.at(i);
			}
		}
	}

	private Table table(List<Change> changes) {
		try {
			return this.store.get(changes.get(0).table());
		}
		catch (Refusal ex) {
			throw ex.at(0);
		}
	}

	private BatchAnswer.Part answer(Change change, @Nullable StoredEntity next, @Nullable String contentId) {
		boolean inserted = change.command() instanceof EntityCommand.Insert;
		EmulatorResponse response = (inserted && next != null)
				? this.entities.inserted(change.call(), change.table(), next) : this.entities.changed(next);
		return new BatchAnswer.Part(response, contentId);
	}

	private EmulatorResponse query(Call outer, BatchPart part) {
		try {
			Call call = inner(outer, part);
			return BatchAnswer.query(new BatchAnswer.Part(queried(call), part.contentId()));
		}
		catch (Refusal ex) {
			return BatchAnswer.query(new BatchAnswer.Part(error(outer, ex.at(0), part), part.contentId()));
		}
	}

	private EmulatorResponse queried(Call call) {
		if (call.verb().equals("GET") && call.address() instanceof Address.Entity entity) {
			return this.entities.get(call, entity);
		}
		if (call.verb().equals("GET") && call.address() instanceof Address.Entities table) {
			return this.entities.onTable(call, table.table());
		}
		throw Refusal.invalidInput();
	}

	private EmulatorResponse error(Call call, Refusal refusal, BatchPart part) {
		return this.answers.error(refusal, part.headers().with("Accept", "application/json"), Query.parse(null),
				call.id(), this.clock.now());
	}

	private record Change(Call call, String table, EntityCommand command) {

	}

}
