import type { SendMailOptions } from "nodemailer";
import type { Recipient } from "../../pipeline/deliver/deliver-config.ts";
import type { Home } from "../../pipeline/home.ts";
import type { Attempt } from "./attempt.ts";
import type { Sender } from "./mail-message.ts";
import { sendMail } from "./send-mail.ts";
import { sendWebhook } from "./send-webhook.ts";
import { slackBody, teamsBody, type WebhookLines } from "./webhook-body.ts";

/** Hands one message over the way that its recipient has: lines to a webhook, else a mail. */
export async function handOver(
  { config, clock, stop }: Pick<Home, "config" | "clock" | "stop">,
  recipient: Recipient,
  message: { lines(): WebhookLines; mail(sender: Sender): SendMailOptions },
): Promise<Attempt> {
  if (recipient.webhook !== undefined) {
    const { kind, urlFile } = recipient.webhook;
    const body = kind === "slack" ? slackBody(message.lines()) : teamsBody(message.lines());
    return await sendWebhook(body, { urlFile, now: clock(), giveUp: stop.now });
  }
  const { smtp, from, unsubscribe } = config.deliver ?? {};
  if (smtp === undefined || from === undefined) {
    return { status: "refused", reason: "not-in-config" };
  }
  return await sendMail(
    { smtp, password: config.smtpPassword },
    message.mail({ from, unsubscribe }),
    stop.now,
  );
}
