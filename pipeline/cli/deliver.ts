import type { Command } from "commander";
import { z } from "zod";
import { DeliveryRow, readDeliveries } from "../../reports/deliver/deliveries.ts";
import { ConfigError, KizukiError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { namedPeriod, PERIODS } from "./asked-report.ts";
import type { CliContext } from "./context.ts";
import { deliverWords, reasonWords } from "./deliver-words.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

/** Loaded only where it is used: mail and forms take a while. */
const parts = {
  report: () => import("../../reports/frozen/make-report.ts"),
  ask: () => import("../../reports/deliver/ask-deliveries.ts"),
  due: () => import("../../reports/deliver/deliver-due.ts"),
  test: () => import("../../reports/deliver/send-test.ts"),
};

const Listed = DeliveryRow.omit({ round: true, answers_lost: true, asked_at: true });
type Listed = z.infer<typeof Listed>;
const Result = z.strictObject({ deliveries: z.array(Listed) });

const ListOptions = z.strictObject({ period: z.string().optional() });

export const deliverListCommand: HomeCommand<typeof ListOptions, typeof Result> = {
  name: "deliver list",
  Options: ListOptions,
  Result,
  run: async (home, { period }) => ({
    deliveries: await list(home, period && namedPeriod(period).name),
  }),
};

async function list(home: Home, period?: string): Promise<Listed[]> {
  return (await readDeliveries(home, period)).map(
    ({ round: _round, answers_lost: _lost, asked_at: _asked, ...row }) => row,
  );
}

const ResendOptions = z.strictObject({
  period: z.string(),
  /** Names in the config; empty for all that were given up. */
  to: z.array(z.string()),
});

const ResendResult = Result.extend({ failed: z.array(Listed) });

export const deliverResendCommand: HomeCommand<typeof ResendOptions, typeof ResendResult> = {
  name: "deliver resend",
  Options: ResendOptions,
  Result: ResendResult,
  async run(home, { period: name, to }) {
    const period = namedPeriod(name);
    refuseUnknown(home, to);
    const { newestReport } = await parts.report();
    const newest = await newestReport(home, period);
    if (newest === undefined) {
      throw new UsageError(`${name} の報告書はまだありません。kizuki report で作ってください。`);
    }
    const { revision } = newest;
    const dead = (await list(home, name))
      .filter((row) => row.state === "dead" && row.revision === revision)
      .map(({ recipient }) => recipient);
    const { askDeliveries } = await parts.ask();
    const recipients = to.length === 0 ? dead : to;
    await askDeliveries(home, period, { revision, recipients, again: true });
    const { deliverDue } = await parts.due();
    await deliverDue(home);
    const deliveries = await list(home, name);
    const failed = deliveries.filter(
      (row) =>
        row.revision === revision &&
        recipients.includes(row.recipient) &&
        row.state !== "sent" &&
        row.reason !== null,
    );
    return { deliveries, failed };
  },
};

const SendOptions = z.strictObject({});

export const deliverSendCommand: HomeCommand<typeof SendOptions, typeof Result> = {
  name: "deliver send",
  Options: SendOptions,
  Result,
  async run(home) {
    const { deliverDue } = await parts.due();
    const done = await deliverDue(home);
    const keyOf = (row: { period: string; recipient: string; revision: number }) =>
      JSON.stringify([row.period, row.revision, row.recipient]);
    const tried = new Set(done.map(({ row }) => keyOf(row)));
    return { deliveries: (await list(home)).filter((row) => tried.has(keyOf(row))) };
  },
};

const TestOptions = z.strictObject({ to: z.array(z.string()) });
const TestResult = z.strictObject({
  tried: z.array(z.strictObject({ recipient: z.string(), reason: z.string().nullable() })),
});

export const deliverTestCommand: HomeCommand<typeof TestOptions, typeof TestResult> = {
  name: "deliver test",
  Options: TestOptions,
  Result: TestResult,
  async run(home, { to }) {
    refuseUnknown(home, to);
    const recipients = home.config.deliver?.recipients ?? [];
    if (recipients.length === 0) {
      throw new ConfigError(
        "kizuki.yaml の deliver に宛先がありません。期待: recipients に 1 件以上。",
      );
    }
    const { sendTest } = await parts.test();
    const tried: z.infer<typeof TestResult>["tried"] = [];
    for (const recipient of recipients.filter(({ name }) => to.length === 0 || to.includes(name))) {
      const attempt = await sendTest(home, recipient);
      const reason = attempt.status === "sent" ? null : attempt.reason;
      tried.push({ recipient: recipient.name, reason });
    }
    return { tried };
  },
};

function refuseUnknown({ config }: Home, names: readonly string[]): void {
  const known = (config.deliver?.recipients ?? []).map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UsageError(
    `--to の宛先が kizuki.yaml の deliver にありません。読んだもの: ${unknown.join("、")}、期待: ${known.join("、") || "（deliver に宛先がありません）"}。`,
  );
}

/** After the printing: a script must see that something was not sent. */
function refuseFailed(
  rows: readonly {
    readonly recipient: string;
    readonly reason: string | null;
    readonly message?: string | null;
  }[],
): void {
  const lines = rows.flatMap(({ recipient, reason, message }) =>
    reason === null ? [] : [`${recipient} に送れませんでした: ${reasonWords(reason, message)}`],
  );
  if (lines.length > 0) throw new DeliverFailedError(lines.join("\n"));
}

class DeliverFailedError extends KizukiError {
  readonly code = "KIZUKI_DELIVER_FAILED";
  override readonly exitCode = 3;
}

export function registerDeliver(program: Command, context: CliContext): void {
  const deliver = program.command("deliver").description("報告書の配信を見る・送り直す・試す");
  const print = async (rows: readonly Listed[], json: boolean | undefined) =>
    await context.print(json ? JSON.stringify({ deliveries: rows }) : deliverWords(rows));
  const json = "JSON で出します";
  const to = "宛先の名前。何度でも書けます";
  const collect = (name: string, names: string[] = []) => [...names, name];
  deliver
    .command("list")
    .description("送ったもの、待っているもの、送れなかったものを示します")
    .option("--period <期間>", PERIODS)
    .option("--json", json)
    .action(async (options: { period?: string; json?: boolean }) => {
      const { period } = options;
      const given = period === undefined ? {} : { period };
      const result = await runHomeCommand(context, deliverListCommand, given);
      await print(result.deliveries, options.json);
    });
  deliver
    .command("resend")
    .description("期間の報告書を、もう一度送ります（--to を省くと、送れなかった宛先だけ）")
    .argument("<期間>", PERIODS)
    .option("--to <宛先>", to, collect)
    .option("--json", json)
    .action(async (period: string, options: { to?: string[]; json?: boolean }) => {
      const given = { period, to: options.to ?? [] };
      const result = await runHomeCommand(context, deliverResendCommand, given);
      await print(result.deliveries, options.json);
      refuseFailed(result.failed);
    });
  deliver
    .command("send")
    .description("送る時が来たものを、いま送ります（serve が動いていれば要りません）")
    .option("--json", json)
    .action(async (options: { json?: boolean }) => {
      const result = await runHomeCommand(context, deliverSendCommand, {});
      await print(result.deliveries, options.json);
      refuseFailed(result.deliveries);
    });
  deliver
    .command("test")
    .description("試しの知らせを送り、届くかどうかを確かめます（報告書は送りません）")
    .option("--to <宛先>", to, collect)
    .action(async ({ to = [] }: { to?: string[] }) => {
      const { tried } = await runHomeCommand(context, deliverTestCommand, { to });
      const lines = tried.map(
        ({ recipient, reason }) =>
          `${recipient}: ${reason === null ? "送りました" : `送れません: ${reasonWords(reason)}`}`,
      );
      await context.print(lines.join("\n"));
      refuseFailed(tried);
    });
}
