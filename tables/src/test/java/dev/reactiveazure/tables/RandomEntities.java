package dev.reactiveazure.tables;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * Makes entities of all types from a seeded source.
 */
final class RandomEntities {

	private static final String CHARACTERS = "abcXYZ019 _-'\"%&+=()!*~\u00e9\u4e2d\u0416";

	private RandomEntities() {
	}

	static TableEntity next(Random random, String partitionKey) {
		TableEntity.Builder builder = TableEntity.builder(partitionKey, key(random));
		int count = random.nextInt(12);
		for (int i = 0; i < count; i++) {
			builder.put("P" + i, value(random));
		}
		return builder.build();
	}

	private static String key(Random random) {
		return text(random, CHARACTERS, random.nextInt(20));
	}

	private static Object value(Random random) {
		return switch (random.nextInt(9)) {
			case 0 -> text(random, CHARACTERS + "/\\#?\n\t", random.nextInt(60)) + "\ud83d\ude00";
			case 1 -> random.nextInt();
			case 2 -> random.nextLong();
			case 3 -> random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
			case 4 -> (double) random.nextInt(1000);
			case 5 -> random.nextBoolean();
			case 6 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(10_000_000) * 100L);
			case 7 -> new UUID(random.nextLong(), random.nextLong());
			default -> bytes(random);
		};
	}

	private static byte[] bytes(Random random) {
		byte[] bytes = new byte[random.nextInt(100)];
		random.nextBytes(bytes);
		return bytes;
	}

	private static String text(Random random, String characters, int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < length; i++) {
			text.append(characters.charAt(random.nextInt(characters.length())));
		}
		return text.toString();
	}

}
