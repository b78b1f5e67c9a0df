package dev.reactiveazure.tables;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.reactiveazure.core.AttemptedCall;
import dev.reactiveazure.core.AzureServiceException;
import dev.reactiveazure.core.NotFoundException;
import dev.reactiveazure.core.ServiceError;
import dev.reactiveazure.core.ServiceFailureException;
import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.ErrorMapper;

/**
 * What the errors of the Table service mean.
 */
final class TablesErrors {

	static final String TABLE_NOT_FOUND = "TableNotFound";

	static final String RESOURCE_NOT_FOUND = "ResourceNotFound";

	static final String TABLE_ALREADY_EXISTS = "TableAlreadyExists";

	static final String TABLE_BEING_DELETED = "TableBeingDeleted";

	private TablesErrors() {
	}

	/**
	 * Return whether an answer is of a status, and its body names a code.
	 */
	static boolean isOf(Answer answer, int status, String code) {
		if (answer.status() != status) {
			return false;
		}
		byte[] body = answer.bytes();
		byte[] wanted = code.getBytes(StandardCharsets.US_ASCII);
		for (int start = 0; start + wanted.length <= answer.length(); start++) {
			if (Arrays.equals(body, start, start + wanted.length, wanted, 0, wanted.length)) {
				return true;
			}
		}
		return false;
	}

	static AzureServiceException map(AttemptedCall call, ServiceError error) {
		String code = (error.code() != null) ? error.code() : "";
		return switch (code) {
			case TABLE_NOT_FOUND ->
				new NotFoundException(call, error, "Create the table first, or check its name and the account");
			case TABLE_BEING_DELETED -> new ServiceFailureException(call, error,
					"Wait until the service has deleted the old table, at least 40 seconds");
			default -> ErrorMapper.byStatus(call, error);
		};
	}

}
