package dev.reactiveazure.tables;

import dev.reactiveazure.core.pipeline.Answer;
import dev.reactiveazure.core.pipeline.AnswerReader;

/**
 * Whether a delete found what it was to delete.
 * <p>
 * What is gone when the delete is tried again, after a try that got no answer, is gone as
 * the call had asked for: the delete was done.
 */
enum Deleted implements AnswerReader<Boolean> {

	/** A table. */
	TABLE {

		@Override
		boolean isGone(Answer answer) {
			return answer.status() == 404;
		}

	},

	/** An entity, whichever its version. */
	ENTITY {

		@Override
		boolean isGone(Answer answer) {
			return EntityReader.isAbsent(answer);
		}

	},

	/**
	 * An entity in one version. Whether it was that version which is gone can't be told
	 * once a try got no answer: another may have changed the entity and deleted it.
	 */
	VERSION {

		@Override
		boolean isGone(Answer answer) {
			return EntityReader.isAbsent(answer) && !answer.maybeApplied();
		}

	};

	abstract boolean isGone(Answer answer);

	@Override
	public boolean reads(Answer answer) {
		return answer.isSuccess() || isGone(answer);
	}

	@Override
	public Boolean read(Answer answer) {
		return answer.isSuccess() || answer.maybeApplied();
	}

}
