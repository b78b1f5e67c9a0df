package dev.reactiveazure.tables.conformance;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

/**
 * Hears what Netty's leak detector says at its paranoid level.
 */
final class LeakWatch {

	private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

	void start() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		this.reports.start();
		this.logger.addAppender(this.reports);
	}

	/**
	 * End watching.
	 * @return what was reported
	 */
	List<String> stop() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			allocateSome();
		}
		this.logger.detachAppender(this.reports);
		ResourceLeakDetector.setLevel(this.before);
		return this.reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/** Leaks are reported with the next allocations after a collection. */
	private static void allocateSome() {
		for (int i = 0; i < 100; i++) {
			ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
			buffer.release();
		}
	}

}
