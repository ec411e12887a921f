import { randomUUID } from "node:crypto";
import { z } from "zod";
import { act } from "../../pipeline/act.ts";
import { KizukiError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import type { DeliveryTried } from "../../pipeline/schema/action.ts";
import { maskSigner } from "../../pipeline/text/mask-field.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { DAILY_FORMS, type Form } from "../formats/form.ts";
import { frozenOutline, renderForm } from "../formats/render-form.ts";
import { type FrozenReport, readKnownValue } from "../write-report.ts";
import { type Attempt, stateAfter } from "./attempt.ts";
import { type DeliveryRow, readDeliveries } from "./deliveries.ts";
import { handOver } from "./hand-over.ts";
import { type Attachment, mailMessage } from "./mail-message.ts";
import { webhookLines } from "./webhook-body.ts";

export type Delivered = {
  readonly row: DeliveryRow;
  readonly state: "sent" | "queued" | "dead";
  readonly reason: string | null;
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
    const attempt = await attemptRow(home, row, render);
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
    };
    await act(home, action);
    delivered.push({ row, state: after.state, reason: after.reason });
  }
  return delivered;
}

async function attemptRow(home: Home, row: DeliveryRow, render: Renderer): Promise<Attempt> {
  const recipient = home.config.deliver?.recipients.find(({ name }) => name === row.recipient);
  if (recipient === undefined) return { status: "refused", reason: "not-in-config" };
  try {
    const forms = recipient.attach.filter(
      (form) => row.job !== "daily" || DAILY_FORMS.includes(form),
    );
    const { report, isMasked, attachments } = await render(row, forms);
    if (!isMasked) return { status: "refused", reason: "unmasked-text" };
    return await handOver(home, recipient, {
      lines: () => webhookLines(frozenOutline(report)),
      mail: (sender) => mailMessage(sender, recipient, { report, key: row, attachments }),
    });
  } catch (cause) {
    // No browser, no password file, an old value: mended by a person, and the report waits for it.
    if (cause instanceof KizukiError) return { status: "later", reason: reasonOf(cause) };
    throw cause;
  }
}

function reasonOf({ code }: KizukiError): string {
  return code.toLowerCase().replaceAll("_", "-");
}

/**
 * The last door: whatever the detectors of today find in a voice or a comment does not leave. Not names: without the
 * dictionary, which enrichment has, a place looks like one.
 */
function areMasked(report: FrozenReport): boolean {
  const { voices, theme } = report;
  const { current, added } = report.job === "daily" ? NO_AWARENESS : report.awareness;
  const texts = [
    ...Object.values(voices).map(({ text }) => text),
    ...[...current, ...added].map(({ reason }) => reason),
    ...(theme?.sections ?? []).flatMap(({ rows, lines }) => [
      ...lines,
      ...rows.flat().filter((cell) => typeof cell === "string"),
    ]),
  ];
  return texts.every((text) => maskSigner(text) === text);
}

/** The daily digest shows none. */
const NO_AWARENESS = { current: [], added: [] };

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
function renderer({ warehouse, config }: Home): Renderer {
  const revisions = new Map<string, Promise<Revision>>();
  const rendered = new Map<string, Promise<Attachment>>();
  const read = async ({ job, period, revision }: DeliveryRow): Promise<Revision> => {
    const Row = z.strictObject({ value: z.string() });
    const params = { job, period, revision };
    const [found] = await query(warehouse.reader, "questions/report_value.sql", params, Row);
    const value = found?.value ?? "{}";
    const report = readKnownValue({ job, name: period }, value);
    return { value, report, isMasked: areMasked(report) };
  };
  return async (row, forms) => {
    const key = JSON.stringify([row.job, row.period, row.revision]);
    const { value, report, isMasked } = await once(revisions, key, () => read(row));
    const attachments = forms.map((form) =>
      once(rendered, `${key} ${form}`, async () => {
        const [file] = await renderForm(form, { report, value, chromium: config.chromium });
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
