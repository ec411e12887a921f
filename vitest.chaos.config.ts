import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** `npm run test:chaos`: an hour on two cores. */
export default defineConfig({
  ...base,
  test: { ...base.test, include: ["test/chaos/**/*.chaos.ts"] },
});
