import { createTransport } from "nodemailer";
import { describe, expect, test } from "vitest";
import { DeliverConfig } from "../../../pipeline/deliver/deliver-config.ts";
import { mailMessage } from "../../../reports/deliver/mail-message.ts";
import type { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { frozenWeekly, withPraise } from "../../support/frozen-reports.ts";
import { findPython, ReadMail, readWith } from "../../support/readers.ts";

const python = await findPython();
const KEY = {
  job: "weekly",
  period: "2025-W31",
  revision: 1,
  recipient: "企画",
  round: 1,
} as const;

const FROM = { name: "気づき", address: "voc@example.jp" };
const deliver = DeliverConfig.parse({
  from: FROM,
  smtp: { host: "x" },
  domains: ["example.jp"],
  recipients: [
    { name: "企画", reports: ["weekly"], mail: "plan@example.jp", products: ["温泉券"] },
  ],
});

function withProduct(): WeeklyReport {
  const report = frozenWeekly();
  const [id = ""] = report.figures.negative?.voiceIds ?? [];
  const voice = report.voices[id];
  if (voice === undefined) throw new Error("no negative voice on file");
  const newest = [{ voiceId: id }];
  return {
    ...report,
    products: [{ product: "温泉券", now: 1, before: 0, negative: 1, newest }],
    voices: { ...report.voices, [id]: { ...voice, product: "温泉券" } },
  };
}

async function built(report = withProduct(), key: Parameters<typeof mailMessage>[2]["key"] = KEY) {
  const [recipient] = deliver.recipients;
  if (recipient === undefined) throw new Error("no recipient");
  const attachments = [{ name: "2025-W31.html", contents: "<p>報告</p>" }];
  const message = mailMessage({ from: FROM }, recipient, { report, key, attachments });
  const transport = createTransport({ streamTransport: true, buffer: true });
  const { message: contents } = await transport.sendMail(message);
  if (!Buffer.isBuffer(contents)) throw new Error("no message");
  return contents;
}

describe.skipIf(python === undefined)("read by Python's own mail reader", () => {
  const read = async (contents: Uint8Array) =>
    await readWith(python ?? "", { ending: "eml", contents }, ReadMail);

  test("a mail has text, HTML and what it carries, says who it is for and how to be left out", async () => {
    const { headers, structure, text, html, attachments } = await read(await built());
    expect(structure).toEqual([
      "multipart/mixed",
      "multipart/alternative",
      "text/plain",
      "text/html",
      "text/html",
    ]);
    expect(headers).toMatchObject({
      to: "plan@example.jp",
      from: "気づき <voc@example.jp>",
      subject: "北陸観光の声 週次VOCダイジェスト 2025年 第31週",
      "list-unsubscribe": "<mailto:voc@example.jp?subject=unsubscribe%20weekly>",
    });
    expect(Object.keys(attachments)).toEqual(["2025-W31.html"]);
    expect(text).toContain("■ 優先事項");
    expect(html).toContain("優先事項");
    expect(html).not.toMatch(/<script|<img|href=|<style/);
  });

  test.each([
    { why: "counted when the report was made", report: withProduct() },
    {
      why: "counted from the voices of an older value",
      report: { ...withProduct(), products: null },
    },
  ])("a recipient who looks after products reads of them first, $why", async ({ report }) => {
    const { text } = await read(await built(report));
    expect(text).toMatch(/■ ご担当の商品\n\n商品 +声 .*\n温泉券 +1 /);
    expect(text.indexOf("■ ご担当の商品")).toBeLessThan(text.indexOf("■ 主な数字"));
  });

  test("a title with a line break makes no header of its own", async () => {
    const title = "題\r\nBcc: other@example.jp";
    const { headers } = await read(await built({ ...frozenWeekly(), title }));
    expect(headers).not.toHaveProperty("bcc");
    expect(headers.subject).toContain("題 Bcc:");
  });
});

test("the id is that of the delivery: the same for the same round, another for the next", async () => {
  const idOf = async (key: typeof KEY | (Omit<typeof KEY, "round"> & { round: number })) =>
    /^Message-ID: (.*)$/im.exec((await built(withProduct(), key)).toString())?.[1];
  expect(await idOf(KEY)).toBe(await idOf(KEY));
  expect(await idOf({ ...KEY, round: 2 })).not.toBe(await idOf(KEY));
});

test("what a customer wrote is text in the mail's HTML too", async () => {
  const report = withPraise(frozenWeekly(), "<img src=x>");
  const [praise] = report.praise;
  const note = report.awareness.current.map((each) => ({
    ...each,
    voiceId: praise?.voiceId ?? "",
  }));
  const [recipient] = deliver.recipients;
  if (recipient === undefined) throw new Error("no recipient");
  const { html } = mailMessage({ from: FROM }, recipient, {
    report: { ...report, awareness: { ...report.awareness, current: note } },
    key: KEY,
    attachments: [],
  });
  expect(html).toContain("&#60;img src=x&#62;");
});
