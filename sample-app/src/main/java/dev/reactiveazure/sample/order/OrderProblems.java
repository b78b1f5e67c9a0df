package dev.reactiveazure.sample.order;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.exc.MismatchedInputException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;

/**
 * Tells clients what went wrong, as {@code application/problem+json}.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class OrderProblems {

	@ExceptionHandler
	ProblemDetail invalid(InvalidOrderException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
		problem.setProperty("field", ex.field());
		return problem;
	}

	@ExceptionHandler
	ProblemDetail unreadable(ServerWebInputException ex) {
		String field = fieldOfAnotherType(ex.getMostSpecificCause());
		if (field == null) {
			return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
					"The body is no JSON object with 'customer' and 'total'");
		}
		String type = field.equals("total") ? "number" : "text";
		return invalid(new InvalidOrderException(field, "is no " + type));
	}

	@ExceptionHandler
	ProblemDetail notAnnounced(OrderNotAnnouncedException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, ex.getMessage());
		problem.setProperty("id", ex.orderId());
		return problem;
	}

	private static @Nullable String fieldOfAnotherType(Throwable cause) {
		if (!(cause instanceof MismatchedInputException mismatch) || mismatch.getPath().isEmpty()) {
			return null;
		}
		return mismatch.getPath().get(mismatch.getPath().size() - 1).getPropertyName();
	}

}
