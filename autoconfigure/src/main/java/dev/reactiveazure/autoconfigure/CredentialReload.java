package dev.reactiveazure.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.reactiveazure.core.AzureCredential;
import dev.reactiveazure.core.RotatingCredential;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;

/**
 * Reads configured credentials again, and replaces those that have changed: all of them
 * on a {@link CredentialsRefreshEvent}, those in files from time to time. What can't be
 * read changes nothing, and is said in the log.
 */
public final class CredentialReload implements ApplicationListener<CredentialsRefreshEvent>, DisposableBean {

	private static final Log logger = LogFactory.getLog(CredentialReload.class);

	private final Scheduler scheduler;

	private final List<Reloaded> all = new CopyOnWriteArrayList<>();

	private final Disposable.Composite timers = Disposables.composite();

	/**
	 * Create a reload.
	 * @param scheduler where files are read, which may block
	 */
	CredentialReload(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Read a connection's credential again from now on.
	 * @param prefix the prefix of its properties, for the log
	 * @param credential what to update
	 * @param source reads what is configured now; fails with an exception that shows no
	 * secret
	 * @param interval how often files are read again; {@code null} if it is in no file
	 */
	public void register(String prefix, RotatingCredential credential, Supplier<RotatingCredential> source,
			@Nullable Duration interval) {
		Reloaded reloaded = new Reloaded(prefix, credential, source);
		this.all.add(reloaded);
		if (interval != null) {
			long millis = interval.toMillis();
			this.timers
				.add(this.scheduler.schedulePeriodically(reloaded::reload, millis, millis, TimeUnit.MILLISECONDS));
		}
	}

	@Override
	public void onApplicationEvent(CredentialsRefreshEvent event) {
		this.all.forEach(Reloaded::reload);
	}

	@Override
	public void destroy() {
		this.timers.dispose();
	}

	private record Reloaded(String prefix, RotatingCredential credential, Supplier<RotatingCredential> source) {

		void reload() {
			try {
				RotatingCredential now = this.source.get();
				if (!isSame(now.current(), now.second())) {
					this.credential.update(now.current(), now.second());
					logger.info("The credential of '" + this.prefix + "' was replaced");
				}
			}
			catch (RuntimeException ex) {
				logger.warn("The credential of '" + this.prefix + "' could not be read again and stays as it is: "
						+ ex.getMessage());
			}
		}

		/**
		 * Compare as sets: after a refusal the second one is first.
		 */
		private boolean isSame(AzureCredential first, @Nullable AzureCredential second) {
			AzureCredential current = this.credential.current();
			AzureCredential other = this.credential.second();
			boolean asIs = current.equals(first) && Objects.equals(other, second);
			boolean swapped = current.equals(second) && first.equals(other);
			return asIs || swapped;
		}

	}

}
