import type { Recipient } from "../../pipeline/deliver/deliver-config.ts";
import type { Home } from "../../pipeline/home.ts";
import type { Attempt } from "./attempt.ts";
import { sendMail } from "./send-mail.ts";
import { sendWebhook } from "./send-webhook.ts";
import { slackBody, teamsBody } from "./webhook-body.ts";

const SUBJECT = "気づき: 配信の試しです";
const WORDS = "これは配信の試しです。この宛先に報告書が届きます。";

/** Sends a line without any voice, the same way as a report goes. */
export async function sendTest({ config, clock }: Home, recipient: Recipient): Promise<Attempt> {
  const { deliver, smtpPassword: password } = config;
  if (recipient.webhook !== undefined) {
    const { kind, urlFile } = recipient.webhook;
    const lines = { title: SUBJECT, lines: [WORDS] };
    const body = kind === "slack" ? slackBody(lines) : teamsBody(lines);
    return await sendWebhook(body, { urlFile, now: clock() });
  }
  const { from, smtp } = deliver ?? {};
  if (from === undefined || smtp === undefined)
    return { status: "refused", reason: "not-in-config" };
  const message = { from, to: recipient.mail, subject: SUBJECT, text: `${WORDS}\n` };
  return await sendMail({ smtp, password }, message);
}
