package dev.reactiveazure.core;

import java.util.concurrent.atomic.AtomicReference;

import dev.reactiveazure.core.AzureCredential.AccessKey;
import dev.reactiveazure.core.AzureCredential.Sas;
import dev.reactiveazure.core.AzureCredential.SharedKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RotatingCredentialTests {

	private static final AccessKey OLD = new AccessKey("old-key");

	private static final AccessKey NEW = new AccessKey("new-key");

	@Test
	void isTheLastThatItWasUpdatedTo() {
		RotatingCredential credential = RotatingCredential.of(OLD, null);
		credential.update(NEW);
		assertThat(credential.current()).isSameAs(NEW);
		assertThat(credential.second()).isNull();
	}

	@Test
	void putsTheSecondFirstWhenTheFirstIsRefused() {
		RotatingCredential credential = RotatingCredential.of(OLD, NEW);
		assertThat(credential.refuse(OLD)).isTrue();
		assertThat(credential.current()).isSameAs(NEW);
		assertThat(credential.second()).isSameAs(OLD);
	}

	@Test
	void doesNotGoBackForARefusalOfWhatIsNoLongerUsed() {
		RotatingCredential credential = RotatingCredential.of(OLD, NEW);
		credential.refuse(OLD);
		assertThat(credential.refuse(OLD)).isTrue();
		assertThat(credential.current()).isSameAs(NEW);
	}

	@Test
	void hasNothingElseWithoutASecond() {
		assertThat(RotatingCredential.of(OLD, null).refuse(OLD)).isFalse();
	}

	@Test
	void asksItsSourceEachTime() {
		AtomicReference<AzureCredential> source = new AtomicReference<>(OLD);
		RotatingCredential credential = RotatingCredential.from(source::get);
		source.set(NEW);
		assertThat(credential.current()).isSameAs(NEW);
		assertThat(credential.refuse(OLD)).isTrue();
		assertThat(credential.refuse(NEW)).isFalse();
	}

	@Test
	void isNotUpdatedBesideItsSource() {
		RotatingCredential credential = RotatingCredential.from(() -> OLD);
		assertThatIllegalStateException().isThrownBy(() -> credential.update(NEW))
			.withMessageContaining("comes from its source");
	}

	@Test
	void refusesAnotherKind() {
		RotatingCredential credential = RotatingCredential.of(OLD, null);
		assertThatIllegalArgumentException().isThrownBy(() -> credential.update(new Sas("sv=1&sig=secret")))
			.withMessage("The credential is a AccessKey and can only be replaced by one, not by a Sas");
	}

	@Test
	void refusesTheKeyOfAnotherAccount() {
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> RotatingCredential.of(new SharedKey("shop", "c2VjcmV0"), new SharedKey("other", "c2VjcmV0")))
			.withMessageContaining("'shop'")
			.withMessageContaining("'other'")
			.withMessageNotContaining("c2VjcmV0");
	}

	@Test
	void refusesToHoldAnother() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RotatingCredential.of(RotatingCredential.of(OLD, null), null));
	}

	@Test
	void showsNoSecret() {
		assertThat(RotatingCredential.of(OLD, NEW)).asString().doesNotContain("old-key").doesNotContain("new-key");
	}

}
