package dev.reactiveazure.emulator.tables;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.reactiveazure.emulator.clock.EmulatorClock;
import dev.reactiveazure.emulator.http.EmulatorRequest;
import dev.reactiveazure.emulator.http.Query;

/**
 * Authenticates requests that carry a shared access signature in their query: of the
 * account, or of one table, with or without a stored access policy. A policy counts as
 * soon as it is stored; the real service may take 30 seconds.
 */
final class SasAuthenticator {

	private static final String ENCRYPTION_SCOPE_VERSION = "2020-12-06";

	private final String account;

	private final Signer signer;

	private final EmulatorClock clock;

	private final TableStore store;

	SasAuthenticator(String account, Signer signer, EmulatorClock clock, TableStore store) {
		this.account = account;
		this.signer = signer;
		this.clock = clock;
		this.store = store;
	}

	Grant authenticate(EmulatorRequest request) {
		Query query = request.query();
		Grant grant = query.has("tn") ? tableGrant(query) : accountGrant(query);
		checkProtocol(value(query, "spr"), request.scheme());
		checkSource(value(query, "sip"), request.remoteAddress());
		return grant;
	}

	/**
	 * A signature for plain HTTP alone is none.
	 */
	private static void checkProtocol(String protocols, String scheme) {
		if (protocols.isEmpty()) {
			return;
		}
		List<String> allowed = List.of(protocols.split(","));
		if (!allowed.contains("https")) {
			throw Refusal.authenticationFailed();
		}
		if (!allowed.contains(scheme)) {
			throw mismatch("AuthorizationProtocolMismatch", "protocol");
		}
	}

	private static void checkSource(String range, String address) {
		if (!range.isEmpty() && !SourceRange.parse(range).contains(address)) {
			throw mismatch("AuthorizationSourceIPMismatch", "source IP");
		}
	}

	private Grant accountGrant(Query query) {
		String version = value(query, "sv");
		StringBuilder text = new StringBuilder(this.account).append('\n');
		for (String name : List.of("sp", "ss", "srt", "st", "se", "sip", "spr", "sv")) {
			text.append(value(query, name)).append('\n');
		}
		if (version.compareTo(ENCRYPTION_SCOPE_VERSION) >= 0) {
			text.append(value(query, "ses")).append('\n');
		}
		checkSignature(text.toString(), value(query, "sig"));
		checkTimes(query.get("st"), value(query, "se"));
		return new AccountGrant(value(query, "ss"), value(query, "srt"), value(query, "sp"));
	}

	private Grant tableGrant(Query query) {
		String table = value(query, "tn");
		StringBuilder text = new StringBuilder();
		for (String name : List.of("sp", "st", "se")) {
			text.append(value(query, name)).append('\n');
		}
		text.append("/table/").append(this.account).append('/').append(table.toLowerCase(Locale.ROOT));
		for (String name : List.of("si", "sip", "spr", "sv", "spk", "srk", "epk", "erk")) {
			text.append('\n').append(value(query, name));
		}
		checkSignature(text.toString(), value(query, "sig"));
		AccessPolicy policy = policy(table, query.get("si"));
		String start = once(query.get("st"), policy.start());
		String expiry = once(query.get("se"), policy.expiry());
		String permission = once(query.get("sp"), policy.permission());
		if (expiry == null || permission == null) {
			throw Refusal.authenticationFailed();
		}
		checkTimes(start, expiry);
		return new TableGrant(table, permission, query.get("spk"), query.get("srk"), query.get("epk"),
				query.get("erk"));
	}

	private AccessPolicy policy(String tableName, @Nullable String id) {
		if (id == null || id.isEmpty()) {
			return new AccessPolicy("", null, null, null);
		}
		Table table = this.store.find(tableName);
		List<AccessPolicy> policies = (table != null) ? table.policies() : List.of();
		return policies.stream()
			.filter((policy) -> policy.id().equals(id))
			.findFirst()
			.orElseThrow(Refusal::authenticationFailed);
	}

	/**
	 * A field may be given by the token or by its stored policy, not by both.
	 */
	private static @Nullable String once(@Nullable String token, @Nullable String policy) {
		String sent = (token == null || token.isEmpty()) ? null : token;
		if (sent != null && policy != null) {
			throw Refusal.authenticationFailed();
		}
		return (sent != null) ? sent : policy;
	}

	private void checkSignature(String text, String signature) {
		if (!this.signer.matches(text, signature)) {
			throw Refusal.authenticationFailed();
		}
	}

	private void checkTimes(@Nullable String start, String expiry) {
		try {
			Instant now = this.clock.now();
			boolean started = start == null || start.isEmpty() || !now.isBefore(EdmText.instant(start));
			if (started && now.isBefore(EdmText.instant(expiry))) {
				return;
			}
		}
		catch (DateTimeException ex) {
			// A time that can't be read can't allow anything.
		}
		throw Refusal.authenticationFailed();
	}

	private static String value(Query query, String name) {
		String value = query.get(name);
		return (value != null) ? value : "";
	}

	private static Refusal mismatch(String code, String what) {
		return new Refusal(403, code,
				"This request is not authorized to perform this operation using this " + what + ".");
	}

	private record AccountGrant(String services, String resourceTypes, String permissions) implements Grant {

		@Override
		public void check(Right right, String table) {
			if (!right.grantable()) {
				throw Refusal.authorizationFailure();
			}
			if (this.services.indexOf('t') < 0) {
				throw mismatch("AuthorizationServiceMismatch", "service");
			}
			if (!right.inResourceTypes(this.resourceTypes)) {
				throw mismatch("AuthorizationResourceTypeMismatch", "resource type");
			}
			if (!right.inPermissions(this.permissions)) {
				throw mismatch("AuthorizationPermissionMismatch", "permission");
			}
		}

		@Override
		public boolean covers(EntityKey key) {
			return true;
		}

	}

	private record TableGrant(String table, String permissions, @Nullable String startPartition,
			@Nullable String startRow, @Nullable String endPartition, @Nullable String endRow) implements Grant {

		@Override
		public void check(Right right, String table) {
			if (!right.grantable() || !right.onEntities() || !this.table.equalsIgnoreCase(table)) {
				throw Refusal.authorizationFailure();
			}
			if (!right.inPermissions(this.permissions)) {
				throw mismatch("AuthorizationPermissionMismatch", "permission");
			}
		}

		@Override
		public boolean covers(EntityKey key) {
			return notBeforeStart(key) && notBehindEnd(key);
		}

		private boolean notBeforeStart(EntityKey key) {
			if (this.startPartition == null) {
				return true;
			}
			return key.compareTo(new EntityKey(this.startPartition, (this.startRow != null) ? this.startRow : "")) >= 0;
		}

		private boolean notBehindEnd(EntityKey key) {
			if (this.endPartition == null) {
				return true;
			}
			int partition = key.partition().compareTo(this.endPartition);
			return partition < 0 || (partition == 0 && (this.endRow == null || key.row().compareTo(this.endRow) <= 0));
		}

	}

}
