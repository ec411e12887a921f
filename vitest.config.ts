import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A half-hour zone that is neither UTC nor JST, so that a local-time bug shows.
    env: { TZ: "America/St_Johns" },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    // Also how many Kafka brokers run at once: each file that needs one has its own.
    maxWorkers: 2,
    globalSetup: ["test/support/kafka/jars.ts"],
  },
});
