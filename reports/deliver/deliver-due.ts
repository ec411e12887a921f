import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../../pipeline/act.ts";
import { KizukiError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import { type DeliveryTried, MESSAGE_LIMIT } from "../../pipeline/schema/report-actions.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { DAILY_FORMS, type Form } from "../formats/form.ts";
import { frozenOutline, renderForm } from "../formats/render-form.ts";
import { type FrozenReport, readKnownValue } from "../frozen/write-report.ts";
import { areMasked } from "./are-masked.ts";
import { type Attempt, stateAfter } from "./attempt.ts";
import { type DeliveryRow, readDeliveries } from "./deliveries.ts";
import { handOver } from "./hand-over.ts";
import { type Attachment, mailMessage } from "./mail-message.ts";
import { webhookLines } from "./webhook-body.ts";

export type Delivered = {
  readonly row: DeliveryRow;
  readonly state: "sent" | "queued" | "dead";
  readonly reason: string | null;
  /** What is wrong in this house, where that is it. */
  readonly cause: KizukiError | undefined;
};

/**
 * Sends what waits and is due, one after the other, and journals what came of each. A kill between the server's yes
 * and the journal sends that one message once more, with the same Message-ID.
 */
export function deliverDue(home: Home): Promise<Delivered[]> {
  return home.deliverInTurn(() => deliverInTurn(home));
}

async function deliverInTurn(home: Home): Promise<Delivered[]> {
  // What was sent is told by the stream too: before it is read to its end, a sent message looks as if it waited.
  await home.kafka?.caughtUp();
  const now = home.clock();
  const due = (await readDeliveries(home)).filter(
    ({ state, not_before }) => state === "queued" && new Date(not_before) <= now,
  );
  const render = renderer(home);
  const delivered: Delivered[] = [];
  for (const row of due) {
    if (home.stop.soon.aborted) break;
    const { attempt, cause } = await attemptRow(home, row, render);
    // Nothing has arrived and nothing is wrong: it is due still.
    if (home.stop.now.aborted && attempt.status === "later") break;
    const after = stateAfter(
      attempt,
      { tries: row.tries, answersLost: row.answers_lost },
      home.clock(),
    );
    const { job, period, revision, recipient, round } = row;
    const action: DeliveryTried = {
      type: "delivery-tried",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      ...{ job, period, revision, recipient, round },
      ...after,
      notBefore: after.notBefore.toISOString(),
      ...(cause !== undefined && { message: cause.message.slice(0, MESSAGE_LIMIT) }),
    };
    await act(home, action);
    delivered.push({ row, state: after.state, reason: after.reason, cause });
  }
  return delivered;
}

/** No browser, no password file, an old value: mended by a person, and the report waits for it. */
async function attemptRow(
  home: Home,
  row: DeliveryRow,
  render: Renderer,
): Promise<{ attempt: Attempt; cause?: KizukiError }> {
  try {
    return { attempt: await sendRow(home, row, render) };
  } catch (cause) {
    if (!(cause instanceof KizukiError)) throw cause;
    return { attempt: { status: "later", reason: reasonOf(cause) }, cause };
  }
}

async function sendRow(home: Home, row: DeliveryRow, render: Renderer): Promise<Attempt> {
  const recipient = home.config.deliver?.recipients.find(({ name }) => name === row.recipient);
  if (recipient === undefined) return { status: "refused", reason: "not-in-config" };
  const forms = recipient.attach.filter(
    (form) => row.job !== "daily" || DAILY_FORMS.includes(form),
  );
  const { report, isMasked, attachments } = await render(row, forms);
  if (!isMasked) return { status: "refused", reason: "unmasked-text" };
  return await handOver(home, recipient, {
    lines: () => webhookLines(frozenOutline(report)),
    mail: (sender) => mailMessage(sender, recipient, { report, key: row, attachments }),
  });
}

function reasonOf({ code }: KizukiError): string {
  return code.toLowerCase().replaceAll("_", "-");
}

type Revision = {
  readonly value: string;
  readonly report: FrozenReport;
  readonly isMasked: boolean;
};
type Renderer = (
  row: DeliveryRow,
  forms: readonly Form[],
) => Promise<{ report: FrozenReport; isMasked: boolean; attachments: Attachment[] }>;

/** Reads a revision and renders each of its forms once, however many get it. */
function renderer({ warehouse, config, stop }: Home): Renderer {
  const revisions = new Map<string, Promise<Revision>>();
  const rendered = new Map<string, Promise<Attachment>>();
  const read = async ({ job, period, revision }: DeliveryRow): Promise<Revision> => {
    const Row = z.strictObject({ value: z.string() });
    const params = { job, period, revision };
    const [found] = await query(warehouse.reader, "questions/report_value.sql", params, Row);
    const value = found?.value ?? "{}";
    const report = readKnownValue({ job, name: period }, value);
    return { value, report, isMasked: await areMasked(report) };
  };
  return async (row, forms) => {
    const key = JSON.stringify([row.job, row.period, row.revision]);
    const { value, report, isMasked } = await once(revisions, key, () => read(row));
    const attachments = forms.map((form) =>
      once(rendered, `${key} ${form}`, async () => {
        const input = { report, value, chromium: config.chromium, giveUp: stop.now };
        const [file] = await renderForm(form, input);
        return { name: `${row.period}.${form}`, contents: file?.contents ?? "" };
      }),
    );
    return { report, isMasked, attachments: await Promise.all(attachments) };
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
