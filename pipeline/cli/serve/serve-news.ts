import type { Config } from "../../config.ts";
import { KafkaError, messageOf } from "../../errors.ts";
import {
  jsonLog,
  type Log,
  type LogEvent,
  type LogFields,
  logDestination,
  silentLog,
} from "../../log.ts";
import { type Measures, silentMeasures } from "../../measures.ts";
import { jstMinute } from "../../period.ts";
import { type Reporter, silentReporter } from "../../reporter.ts";
import type { KafkaLog } from "../../streams/kafka-client.ts";
import type { CliContext } from "../context.ts";

/** What a process that goes on tells: a person at a terminal reads Japanese, a machine reads events and codes. */
export type News = {
  /** Its command. */
  readonly role: "serve" | "enrich";
  /** @param japanese for the terminal only: it may name a file */
  tell(event: LogEvent, fields: LogFields, japanese: string): void;
  /** @param japanese what could not be done; why is said behind it */
  tellFailure(event: LogEvent, cause: unknown, fields: LogFields, japanese: string): void;
  readonly log: Log;
  /** For the work itself; speaks on a terminal only. */
  readonly reporter: Reporter;
  /** Whether a person watches. */
  readonly isTerminal: boolean;
};

/** JSON lines go to the log's file, or to standard error where no person watches it or they were asked for. */
export function openNews(
  context: CliContext,
  config: Config,
  options: { readonly role: "serve" | "enrich"; readonly logJson?: boolean },
): News {
  const isTerminal = context.errorIsTerminal && options.logJson !== true;
  const { file, level } = config.log;
  const log =
    isTerminal && file === undefined
      ? silentLog
      : jsonLog({
          level,
          clock: context.clock,
          role: options.role,
          destination: logDestination(file),
        });
  const reporter = isTerminal
    ? context.reporter
    : { ...silentReporter, stage: context.reporter.stage };
  const say = (japanese: string) => reporter.line(`${jstMinute(context.clock())} ${japanese}`);
  return {
    role: options.role,
    log,
    reporter,
    isTerminal,
    tell(event, fields, japanese) {
      log.info(event, fields);
      say(japanese);
    },
    tellFailure(event, cause, fields, japanese) {
      log.error(event, cause, fields);
      say(`${japanese}: ${messageOf(cause)}`);
    },
  };
}

/** A line for each transaction that was committed. */
export function logMeasures(log: Log): Measures {
  return {
    ...silentMeasures,
    passed(step, records) {
      if (step === "load" && Object.keys(records).length > 0)
        log.info("batch", { step, ...records });
    },
  };
}

/** What kafkajs does not get over by itself. */
export function kafkaLog(news: News): KafkaLog {
  return ({ level, message }) => {
    if (level !== "error") return;
    const cause = new KafkaError(message, { retriable: true });
    news.tellFailure("kafka-failed", cause, {}, "Kafka");
  };
}
