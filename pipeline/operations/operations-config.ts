import { z } from "zod";
import { LOG_LEVELS } from "../log.ts";

const listener = (port: number) =>
  z.strictObject({
    host: z.string().min(1).default("127.0.0.1"),
    port: z.int().min(1).max(65_535).default(port),
  });

/** The part of `kizuki.yaml` for those who run `serve`. Paths are relative to the file. */
export const OperationsConfig = z.strictObject({
  log: z
    .strictObject({
      level: z.enum(LOG_LEVELS).default("info"),
      /** JSON lines are appended here; else to standard error where that is no terminal. */
      file: z.string().min(1).optional(),
    })
    .prefault({}),
  /** `/metrics`, `/livez`, `/readyz`. Absent: no port is opened, for nobody asked for one and two homes would want the same. */
  http: listener(8787).optional(),
  /** `/v1/voices`, for systems that bring voices. A port of its own: who may bring voices need not see the operators'. */
  intake: listener(8788).optional(),
  /** Where backups go; absent, none is made by itself. Outside home, best on another disk. */
  backup: z
    .strictObject({
      folder: z.string().min(1),
      /** Backups that are kept; the oldest goes when one more is made. */
      keep: z.int().min(1).max(1000).default(7),
    })
    .optional(),
  /** How `serve` ends. */
  stop: z
    .strictObject({
      /** Seconds from the signal to the end. */
      deadlineSeconds: z.int().min(1).max(600).default(20),
      /** Minutes that records may wait without one of them moving, before the process ends itself to be restarted. */
      stuckMinutes: z.int().min(1).max(1440).default(10),
    })
    .prefault({}),
});
