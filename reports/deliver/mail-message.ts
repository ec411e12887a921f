import type { SendMailOptions } from "nodemailer";
import { v5 } from "uuid";
import type { DeliverConfig, Recipient } from "../../pipeline/deliver/deliver-config.ts";
import { cleanText } from "../formats/clean-text.ts";
import { frozenOutline } from "../formats/render-form.ts";
import { renderPlainText } from "../formats/render-text.ts";
import type { FrozenReport } from "../frozen/write-report.ts";
import type { Outline } from "../outline/outline.ts";
import { productSections } from "../outline/product-sections.ts";
import type { DeliveryRow } from "./deliveries.ts";
import { mailHtml } from "./mail-html.ts";

/** A report's revision for one recipient; the round rises when a person has it sent again. */
type DeliveryKey = Pick<DeliveryRow, "job" | "period" | "revision" | "recipient" | "round">;

export type Attachment = { readonly name: string; readonly contents: string | Uint8Array };

/** What is read in the mail itself; the rest is in what it carries. */
const IN_MAIL = [
  "headlines",
  "line",
  "correction",
  "products",
  "figures",
  "priorities",
  "awareness",
];

export type Sender = {
  readonly from: NonNullable<DeliverConfig["from"]>;
  readonly unsubscribe?: string | undefined;
};

/** The same delivery has the same message, to the id: whoever gets it twice sees it once. */
export function mailMessage(
  { from, unsubscribe = from.address }: Sender,
  recipient: Recipient,
  input: {
    readonly report: FrozenReport;
    readonly key: DeliveryKey;
    readonly attachments: readonly Attachment[];
  },
): SendMailOptions {
  const { report, key, attachments } = input;
  const whole = frozenOutline(report);
  const outline =
    report.job === "daily"
      ? whole
      : inMail(whole, productSections(report, recipient.products, "ご担当の商品"));
  return {
    from,
    to: recipient.mail,
    subject: oneLine(`${outline.title} ${outline.kind} ${outline.period}`),
    text: renderPlainText(outline) + foot(attachments),
    html: mailHtml(outline, foot(attachments)),
    messageId: messageId(key, from.address),
    headers: {
      "List-Unsubscribe": `<mailto:${unsubscribe}?subject=${encodeURIComponent(`unsubscribe ${key.job}`)}>`,
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
    },
    attachments: attachments.map(({ name, contents }) => ({
      filename: name,
      content: typeof contents === "string" ? contents : Buffer.from(contents),
    })),
  };
}

/** The namespace of messages. */
const MESSAGE_NAMESPACE = "5f3c1b5e-9d0a-4f0e-8a86-2c7b1f6d9e41";

function messageId(key: DeliveryKey, address: string): string {
  const { job, period, revision, recipient, round } = key;
  const id = v5(JSON.stringify([job, period, revision, recipient, round]), MESSAGE_NAMESPACE);
  return `<${id}@${address.slice(address.lastIndexOf("@") + 1)}>`;
}

function inMail(outline: Outline, products: Outline["sections"]): Outline {
  const [headlines, ...rest] = outline.sections;
  const sections = [...(headlines === undefined ? [] : [headlines]), ...products, ...rest];
  return { ...outline, sections: sections.filter(({ id }) => IN_MAIL.includes(id)) };
}

function foot(attachments: readonly Attachment[]): string {
  if (attachments.length === 0) return "";
  return `\nくわしくは添付をご覧ください（${attachments.map(({ name }) => name).join("、")}）。\n`;
}

function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}
