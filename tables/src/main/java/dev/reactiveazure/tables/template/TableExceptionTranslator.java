package dev.reactiveazure.tables.template;

import dev.reactiveazure.core.AlreadyExistsException;
import dev.reactiveazure.core.AuthenticationException;
import dev.reactiveazure.core.AzureException;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.ConditionNotMetException;
import dev.reactiveazure.core.InvalidAnswerException;
import dev.reactiveazure.core.InvalidRequestException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.NotSentException;
import dev.reactiveazure.core.OutcomeUnknownException;
import dev.reactiveazure.core.PermissionException;
import dev.reactiveazure.core.ThrottledException;
import dev.reactiveazure.core.TooLargeException;
import dev.reactiveazure.tables.InvalidEntityException;
import dev.reactiveazure.tables.TransactionFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.dao.support.PersistenceExceptionTranslator;

/**
 * Finds Spring's exception for a client's. Messages stay as they are, with status, code
 * and request id.
 */
public final class TableExceptionTranslator implements PersistenceExceptionTranslator {

	@Override
	public @Nullable DataAccessException translateExceptionIfPossible(RuntimeException ex) {
		if (ex instanceof InvalidEntityException invalid) {
			return new DataIntegrityViolationException(message(ex), invalid);
		}
		if (ex instanceof TransactionFailedException failed) {
			return ofRefusal(failed.refusal(), failed);
		}
		if (ex instanceof AzureServiceException refused) {
			return ofRefusal(refused, refused);
		}
		return (ex instanceof AzureException failed) ? ofFailure(failed) : null;
	}

	private static DataAccessException ofFailure(AzureException ex) {
		if (ex instanceof NotSentException) {
			return new DataAccessResourceFailureException(message(ex), ex);
		}
		if (ex instanceof OutcomeUnknownException) {
			return new QueryTimeoutException(message(ex), ex);
		}
		if (ex instanceof InvalidAnswerException) {
			return new DataRetrievalFailureException(message(ex), ex);
		}
		return new NonTransientDataAccessResourceException(message(ex), ex);
	}

	/**
	 * Translate a refusal.
	 * @param refusal whose type says what it is
	 * @param ex whose message says more, and which becomes the cause
	 */
	private static DataAccessException ofRefusal(AzureServiceException refusal, AzureServiceException ex) {
		if (refusal instanceof NotFoundException) {
			return "TableNotFound".equals(refusal.error().code())
					? new InvalidDataAccessResourceUsageException(message(ex), ex)
					: new DataRetrievalFailureException(message(ex), ex);
		}
		if (refusal instanceof AlreadyExistsException) {
			return new DuplicateKeyException(message(ex), ex);
		}
		if (refusal instanceof ConditionNotMetException) {
			return new OptimisticLockingFailureException(message(ex), ex);
		}
		if (refusal instanceof AuthenticationException || refusal instanceof PermissionException) {
			return new PermissionDeniedDataAccessException(message(ex), ex);
		}
		if (refusal instanceof TooLargeException) {
			return new DataIntegrityViolationException(message(ex), ex);
		}
		if (refusal instanceof InvalidRequestException) {
			return ofInvalidRequest(refusal, ex);
		}
		return (refusal instanceof ThrottledException || refusal.error().status() >= 500
				|| refusal.error().status() == 409) ? new TransientDataAccessResourceException(message(ex), ex)
						: new NonTransientDataAccessResourceException(message(ex), ex);
	}

	private static DataAccessException ofInvalidRequest(AzureServiceException refusal, AzureServiceException ex) {
		String code = refusal.error().code();
		boolean aboutData = code != null
				&& (code.startsWith("Property") || code.startsWith("Properties") || code.equals("OutOfRangeInput")
						|| code.equals("TooManyProperties") || code.equals("InvalidResourceName"));
		return aboutData ? new DataIntegrityViolationException(message(ex), ex)
				: new InvalidDataAccessApiUsageException(message(ex), ex);
	}

	private static String message(Throwable ex) {
		String message = ex.getMessage();
		return (message != null) ? message : ex.toString();
	}

}
