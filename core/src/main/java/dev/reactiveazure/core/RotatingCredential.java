package dev.reactiveazure.core;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A credential that can be replaced while clients use it, with an optional second one for
 * the time of a rotation.
 * <p>
 * Each call is signed with what is current when it begins. When the service refuses that
 * as unknown, the call is tried once more at once: with the successor if there is one by
 * then, else with the second credential, which all later calls then begin with. So both
 * keys of an account can be regenerated in turn, with no call that fails.
 * <p>
 * Thread-safe.
 */
public final class RotatingCredential implements AzureCredential {

	private final @Nullable Supplier<? extends AzureCredential> source;

	private volatile Pair pair;

	private RotatingCredential(@Nullable Supplier<? extends AzureCredential> source, Pair pair) {
		this.source = source;
		this.pair = pair;
	}

	/**
	 * Create a credential that {@link #update} replaces.
	 * @param first what calls are signed with
	 * @param second what is tried once when the service refuses the first, of the same
	 * kind; may be {@code null}
	 * @return the credential
	 * @throws IllegalArgumentException if one of them rotates by itself, or they are of
	 * different kinds or accounts
	 */
	public static RotatingCredential of(AzureCredential first, @Nullable AzureCredential second) {
		return new RotatingCredential(null, new Pair(first, second));
	}

	/**
	 * Create a credential that is asked for at each signing.
	 * @param source gives the current credential, always of one kind; called for each
	 * call on the caller's thread, so it must not block and should be fast
	 * @return the credential
	 */
	public static RotatingCredential from(Supplier<? extends AzureCredential> source) {
		Assert.notNull(source, "The source must not be null");
		return new RotatingCredential(source, new Pair(source.get(), null));
	}

	/**
	 * Replace both credentials. Calls that are on their way go on with theirs.
	 * @param first what calls are signed with from now on
	 * @param second what is tried once when the service refuses the first; may be
	 * {@code null}
	 * @throws IllegalArgumentException if they are not of the kind, or not of the account
	 * that this credential was created for
	 * @throws IllegalStateException if this credential has a source of its own
	 */
	public synchronized void update(AzureCredential first, @Nullable AzureCredential second) {
		Assert.state(this.source == null, "The credential comes from its source and can't be updated");
		Pair next = new Pair(first, second);
		requireSame(this.pair.first(), first);
		this.pair = next;
	}

	/**
	 * Replace the credential, and have no second one.
	 * @param credential what calls are signed with from now on
	 * @throws IllegalArgumentException as by
	 * {@link #update(AzureCredential, AzureCredential)}
	 * @throws IllegalStateException if this credential has a source of its own
	 */
	public void update(AzureCredential credential) {
		update(credential, null);
	}

	/**
	 * Return what a call that begins now is signed with.
	 * @return a credential that does not rotate
	 */
	public AzureCredential current() {
		return pair().first();
	}

	/**
	 * Return what is tried when the service refuses the {@link #current()} one.
	 * @return a credential that does not rotate; {@code null} when there is none
	 */
	public @Nullable AzureCredential second() {
		return pair().second();
	}

	/**
	 * Put the second credential before the first, unless somebody was faster: for what
	 * signs, after a refusal.
	 * @param refused what the service refused
	 * @return whether {@link #current()} is now another one than the refused
	 */
	public synchronized boolean refuse(AzureCredential refused) {
		Pair seen = pair();
		if (!seen.first().equals(refused)) {
			return true;
		}
		if (seen.second() == null) {
			return false;
		}
		this.pair = new Pair(seen.second(), seen.first());
		return true;
	}

	private Pair pair() {
		Pair known = this.pair;
		if (this.source == null) {
			return known;
		}
		AzureCredential now = this.source.get();
		if (now == known.first() || now.equals(known.first())) {
			return known;
		}
		requireSame(known.first(), now);
		Pair next = new Pair(now, null);
		this.pair = next;
		return next;
	}

	private static void requireSame(AzureCredential known, AzureCredential next) {
		Assert.isTrue(known.getClass() == next.getClass(),
				() -> "The credential is a " + known.getClass().getSimpleName()
						+ " and can only be replaced by one, not by a " + next.getClass().getSimpleName());
		if (known instanceof SharedKey one && next instanceof SharedKey other) {
			Assert.isTrue(one.accountName().equals(other.accountName()), () -> "The key of '" + one.accountName()
					+ "' can't be replaced by the key of another account, '" + other.accountName() + "'");
		}
	}

	@Override
	public String toString() {
		return "RotatingCredential[" + this.pair.first() + "]";
	}

	/**
	 * The credentials of one moment.
	 */
	private record Pair(AzureCredential first, @Nullable AzureCredential second) {

		private Pair {
			Assert.notNull(first, "The credential must not be null");
			requireFixed(first);
			if (second != null) {
				requireFixed(second);
				requireSame(first, second);
			}
		}

		private static void requireFixed(AzureCredential credential) {
			Assert.isTrue(!(credential instanceof RotatingCredential), "A rotating credential can't hold another one");
		}

	}

}
