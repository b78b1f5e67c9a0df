package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;

/**
 * Whether a call created a table that may exist. That it does is an answer and no error,
 * so that no observation shows one.
 */
enum CreatedTable implements AnswerReader<Boolean> {

	/** The only one. */
	INSTANCE;

	@Override
	public boolean reads(Answer answer) {
		return answer.isSuccess() || TablesErrors.isOf(answer, 409, TablesErrors.TABLE_ALREADY_EXISTS);
	}

	@Override
	public Boolean read(Answer answer) {
		return answer.isSuccess() || answer.maybeApplied();
	}

}
