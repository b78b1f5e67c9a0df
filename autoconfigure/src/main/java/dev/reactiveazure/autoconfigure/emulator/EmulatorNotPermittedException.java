package dev.reactiveazure.autoconfigure.emulator;

/**
 * A guard keeps the embedded emulator from starting: it would take production data into
 * memory, and lose it.
 */
public final class EmulatorNotPermittedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String remedy;

	EmulatorNotPermittedException(String reason, String remedy) {
		super("The embedded Azure emulator must not start here: " + reason + ". It keeps everything in memory, so"
				+ " production data would be lost.");
		this.remedy = remedy;
	}

	/**
	 * Return what to do.
	 * @return sentences that name properties
	 */
	public String remedy() {
		return this.remedy;
	}

}
