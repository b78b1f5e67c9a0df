package dev.reactiveazure.tables.template;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BulkConcurrencyTests {

	private final BulkConcurrency concurrency = new BulkConcurrency(8);

	@Test
	void isHalvedOnceByBatchesThatWereSentTogether() {
		long epoch = this.concurrency.epoch();
		this.concurrency.busy(epoch);
		this.concurrency.busy(epoch);

		assertThat(this.concurrency.limit()).isEqualTo(4);
		this.concurrency.busy(this.concurrency.epoch());
		assertThat(this.concurrency.limit()).isEqualTo(2);
	}

	@Test
	void neverFallsBelowOneAndGrowsBackToItsMost() {
		for (int i = 0; i < 10; i++) {
			this.concurrency.busy(this.concurrency.epoch());
		}
		assertThat(this.concurrency.limit()).isEqualTo(1);
		for (int i = 0; i < 100; i++) {
			this.concurrency.success();
		}
		assertThat(this.concurrency.limit()).isEqualTo(8);
	}

}
