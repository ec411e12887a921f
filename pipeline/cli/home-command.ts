import type { z } from "zod";
import { UsageError } from "../errors.ts";
import { type Home, openHome } from "../home.ts";
import type { Reporter } from "../reporter.ts";
import { type CliContext, configOf, keysOf } from "./context.ts";
import { askServer } from "./serve/socket-client.ts";

/** A command on a home: it runs in `serve` where one lives, else in this process. Its result is plain JSON. */
export type HomeCommand<Options extends z.ZodType, Result extends z.ZodType> = {
  readonly name: string;
  readonly Options: Options;
  readonly Result: Result;
  /** What DuckDB may hold, such as 512MB, where it loads reports, or voices in small batches, and nothing else does so in its process. */
  readonly memory?: string;
  run(home: Home, options: z.infer<Options>, reporter: Reporter): Promise<z.infer<Result>>;
};

/** Runs a command where the home's one writer is: through the socket of `serve`, or as the writer itself. */
export async function runHomeCommand<Options extends z.ZodType, Result extends z.ZodType>(
  context: CliContext,
  command: HomeCommand<Options, Result>,
  options: z.input<Options>,
): Promise<z.infer<Result>> {
  const config = configOf(context);
  const parsed = parseOptions(command.Options, options);
  const request = { command: command.name, options: parsed, configDigest: config.digest };
  const answer = await askServer(config.home, request, context.reporter);
  if (answer !== undefined) return command.Result.parse(answer.result);
  const home = await openHome(config, keysOf(context, config), context.clock, {
    stage: (name) => context.reporter.stage(name),
  });
  try {
    await home.kafka?.caughtUp();
    // With Kafka voices are loaded all the time, and many at once.
    const { memory } = command;
    if (memory !== undefined && home.kafka === undefined) await home.warehouse.holdLess(memory);
    return await command.run(home, parsed, context.reporter);
  } finally {
    await home.close();
  }
}

function parseOptions<Options extends z.ZodType>(
  schema: Options,
  options: z.input<Options>,
): z.infer<Options> {
  const result = schema.safeParse(options);
  if (result.success) return result.data;
  throw new UsageError(result.error.issues.map((issue) => issue.message).join("\n"));
}
