package dev.reactiveazure.tables;

import java.util.concurrent.TimeUnit;

import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.pipeline.AzureRequest;
import dev.reactiveazure.core.pipeline.RequestPipeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What the clients of one service share.
 *
 * @param primary carries out calls at the primary endpoint
 * @param secondary carries out reads at the secondary endpoint; {@code null} without one
 * @param readLocation where to read
 * @param scheduler tells the time
 * @param dialect how the service is spoken to
 * @param batches frame of transactions
 * @param anyRow reads rows of which nothing is known
 */
record TablesConnection(RequestPipeline primary, @Nullable RequestPipeline secondary, ReadLocation readLocation,
		Scheduler scheduler, TablesDialect dialect, BatchFormat batches, RowFormat<TableEntity> anyRow) {

	<R> Mono<R> execute(AzureRequest<R> request) {
		return this.primary.execute(request);
	}

	/**
	 * Carry out a call that changes nothing, where the options say.
	 */
	<R> Mono<R> read(AzureRequest<R> request) {
		RequestPipeline other = this.secondary;
		if (other == null || this.readLocation == ReadLocation.PRIMARY) {
			return this.primary.execute(request);
		}
		if (this.readLocation == ReadLocation.SECONDARY) {
			return other.execute(request);
		}
		return this.primary.execute(request)
			.onErrorResume(TablesConnection::mayPass,
					(error) -> other.execute(request).onErrorMap((second) -> withFirst(second, error)));
	}

	/**
	 * Read a page. What begins at one endpoint goes on there: the other does not know its
	 * continuation.
	 */
	<R> Mono<PageFlux.Page<R>> readPage(PageRequest<R> pages, @Nullable String continuation) {
		RequestPipeline other = this.secondary;
		if (continuation != null && !Continuation.isAtSecondary(continuation)) {
			return this.primary.execute(pages.at(continuation));
		}
		if (continuation != null) {
			if (other == null) {
				return Mono.error(new IllegalArgumentException(
						"The continuation is of the secondary endpoint, and this client has none"));
			}
			return other.execute(pages.at(Continuation.withoutMark(continuation))).map(TablesConnection::atSecondary);
		}
		if (other == null || this.readLocation == ReadLocation.PRIMARY) {
			return this.primary.execute(pages.at(null));
		}
		Mono<PageFlux.Page<R>> second = other.execute(pages.at(null)).map(TablesConnection::atSecondary);
		if (this.readLocation == ReadLocation.SECONDARY) {
			return second;
		}
		return this.primary.execute(pages.at(null))
			.onErrorResume(TablesConnection::mayPass,
					(error) -> second.onErrorMap((secondError) -> withFirst(secondError, error)));
	}

	private static <R> PageFlux.Page<R> atSecondary(PageFlux.Page<R> page) {
		return (page.next() != null) ? new PageFlux.Page<>(page.items(), Continuation.atSecondary(page.next())) : page;
	}

	private static boolean mayPass(Throwable error) {
		return error instanceof NotSentException || error instanceof OutcomeUnknownException
				|| error instanceof ThrottledException
				|| (error instanceof ServiceFailureException failure && failure.error().status() >= 500);
	}

	private static Throwable withFirst(Throwable second, Throwable first) {
		if (second instanceof AzureException) {
			first.addSuppressed(second);
			return first;
		}
		return second;
	}

	long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	void close() {
		this.primary.close();
		if (this.secondary != null) {
			this.secondary.close();
		}
	}

	/**
	 * Gives the request for the page that begins at a continuation.
	 */
	@FunctionalInterface
	interface PageRequest<R> {

		AzureRequest<PageFlux.Page<R>> at(@Nullable String continuation);

	}

}
