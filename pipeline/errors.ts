/**
 * A broken machine, as opposed to a bad record (see `Outcome`). The message is Japanese and says what was
 * read, where, and what was expected: it is shown to staff as it stands.
 */
export abstract class KizukiError extends Error {
  abstract readonly code: `KIZUKI_${string}`;
  /** The field's name is the one kafkajs reads: `false` stops a consumer, `true` is retried. */
  readonly retriable: boolean = false;
  /** What the process exits with, see the README's table of exit codes. */
  readonly exitCode: number = 1;

  override get name(): string {
    return this.constructor.name;
  }
}

/** What an error says, whoever threw it. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The command line or a file given on it cannot be understood. */
export class UsageError extends KizukiError {
  readonly code = "KIZUKI_USAGE";
  override readonly exitCode = 2;
}

export class ConfigError extends KizukiError {
  readonly code = "KIZUKI_CONFIG";
  override readonly exitCode = 2;
}

/** A file that is to be read is missing, unreadable or not what its name says. */
export class InputError extends KizukiError {
  readonly code = "KIZUKI_INPUT";
  override readonly exitCode = 3;
}

/** Another process is the one writer of this home. */
export class WarehouseBusyError extends KizukiError {
  readonly code = "KIZUKI_WAREHOUSE_BUSY";
  override readonly retriable = true;
  override readonly exitCode = 4;
}

/** A model file is missing, or its bytes are not the ones the manifest names. */
export class ModelError extends KizukiError {
  readonly code = "KIZUKI_MODEL";
  override readonly exitCode = 5;
}

/** The disk is full, or home cannot be written. */
export class StorageError extends KizukiError {
  readonly code = "KIZUKI_STORAGE";
  override readonly exitCode = 6;
}

/** A broker cannot be reached, or refuses. */
export class KafkaError extends KizukiError {
  readonly code = "KIZUKI_KAFKA";
  override readonly exitCode = 7;
  override readonly retriable: boolean;

  constructor(what: string, options: ErrorOptions & { readonly retriable: boolean }) {
    super(what, options);
    this.retriable = options.retriable;
  }
}
