package dev.reactiveazure.eventgrid;

import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.slf4j.LoggerFactory;

/**
 * Watches Netty's buffers at the paranoid level, from its making until it is asked.
 */
public final class LeakWatch {

	private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

	private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();

	private LeakWatch() {
	}

	/**
	 * Begin to watch.
	 * @return a watch that runs
	 */
	public static LeakWatch start() {
		LeakWatch watch = new LeakWatch();
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
		watch.reports.start();
		watch.logger.addAppender(watch.reports);
		return watch;
	}

	/**
	 * Stop to watch.
	 * @return what was reported, empty if nothing leaked
	 */
	public List<String> leaks() {
		for (int round = 0; round < 5; round++) {
			System.gc();
			// The detector speaks up when something is allocated after a collection.
			for (int i = 0; i < 100; i++) {
				ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(16);
				buffer.release();
			}
		}
		this.logger.detachAppender(this.reports);
		ResourceLeakDetector.setLevel(this.level);
		return this.reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
