package dev.reactiveazure.tables;

/**
 * Over which protocols a shared access signature is good.
 */
public enum SasProtocol {

	/** Over TLS only. */
	HTTPS("https"),

	/** With and without TLS, as an emulator may need it. */
	HTTPS_AND_HTTP("https,http");

	private final String value;

	SasProtocol(String value) {
		this.value = value;
	}

	String value() {
		return this.value;
	}

}
