import { type DestinationStream, pino } from "pino";
import type { Clock } from "./clock.ts";
import { KizukiError } from "./errors.ts";
import { jstDateTime } from "./period.ts";

/** What happened. A closed list: an event is counted and alarmed on, never a sentence. */
export type LogEvent =
  | "batch"
  | "config-changed"
  | "delivered"
  | "delivery-dead"
  | "delivery-failed"
  | "failed"
  | "file-failed"
  | "file-taken"
  | "http-open"
  | "inbox-open"
  | "intake-failed"
  | "intake-open"
  | "job-done"
  | "job-failed"
  | "job-skipped"
  | "kafka-failed"
  | "models-failed"
  | "models-loaded"
  | "next-due"
  | "other-calibration"
  | "other-vectors"
  | "pull-done"
  | "pull-failed"
  | "progress"
  | "report-files-failed"
  | "running"
  | "silent-topics"
  | "stopped"
  | "stop-overrun"
  | "stopping"
  | "stuck"
  | "vault-lost";

/**
 * Codes, counts, coordinates and durations. A string that does not look like a code is withheld: no line carries a
 * customer's words, a name, a path or a file's name, whatever a caller hands over.
 */
export type LogFields = Readonly<Record<string, number | boolean | string | undefined>>;

export type Log = {
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  /** @param cause told by its codes and its place in the code; its message may quote a voice, so it is not written */
  error(event: LogEvent, cause: unknown, fields?: LogFields): void;
  /** The last line of a process that ends because it must. */
  fatal(event: LogEvent, cause: unknown, fields?: LogFields): void;
};

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  fatal: () => undefined,
};

export const LOG_LEVELS = ["debug", "info", "warn", "error", "fatal"] as const;

/** JSON lines, one event a line, times in Asia/Tokyo. */
export function jsonLog(options: {
  readonly level: (typeof LOG_LEVELS)[number];
  readonly clock: Clock;
  /** Who writes, such as "serve". */
  readonly role: string;
  readonly destination: DestinationStream;
}): Log {
  const logger = pino(
    {
      level: options.level,
      // No host name and no message: what a line says is its event.
      base: { role: options.role, pid: process.pid },
      messageKey: "event",
      timestamp: () => `,"time":"${jstTime(options.clock())}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination,
  );
  return {
    info: (event, fields = {}) => logger.info(codesOf(fields), event),
    warn: (event, fields = {}) => logger.warn(codesOf(fields), event),
    error: (event, cause, fields = {}) =>
      logger.error({ ...codesOf(fields), ...causeOf(cause) }, event),
    fatal: (event, cause, fields = {}) =>
      logger.fatal({ ...codesOf(fields), ...causeOf(cause) }, event),
  };
}

/**
 * Written before the call returns: the last line of a dying process is the one that is wanted.
 *
 * @param file appended to, so that a log rotated by copying and truncating goes on; standard error where left out
 */
export function logDestination(file: string | undefined): DestinationStream {
  return pino.destination({ dest: file ?? 2, sync: true, append: true, mkdir: true });
}

/** Letters, digits and a few signs, no space: an event, a stream, a period, an error code. */
const CODE = /^[A-Za-z0-9][\w.:+/-]{0,99}$/;
/** Nine digits and more, also with signs between them, could be a telephone's or a customer's number. */
const LONG_NUMBER = /\d(?:[-.:/]?\d){8,}/;

function codesOf(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? asCode(value) : value,
    ]),
  );
}

function asCode(value: string): string {
  return CODE.test(value) && !LONG_NUMBER.test(value) ? value : "withheld";
}

/** Class, own code, the system's code (ENOSPC) of the cause at the root, and where in this program it was thrown. */
function causeOf(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { error: "not-an-error" };
  const root = rootOf(cause);
  return codesOf({
    error: cause.name,
    ...(cause instanceof KizukiError && { code: cause.code }),
    ...("code" in root && typeof root.code === "string" && { rootCode: root.code }),
    at: placeOf(cause),
  });
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

/** File and line of the innermost frame that is this program's; a stack's first lines are its message, so they are not read. */
function placeOf(error: Error): string | undefined {
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  for (const frame of frames) {
    const place = /\/((?:pipeline|models|reports)\/[\w./-]+\.ts:\d+):\d+\)?$/.exec(frame)?.[1];
    if (place !== undefined) return place;
  }
  return undefined;
}

/** 2026-01-05T08:00:00.000+09:00 */
function jstTime(at: Date): string {
  return `${jstDateTime(at)}+09:00`;
}
