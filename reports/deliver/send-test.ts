import type { Recipient } from "../../pipeline/deliver/deliver-config.ts";
import type { Home } from "../../pipeline/home.ts";
import type { Attempt } from "./attempt.ts";
import { handOver } from "./hand-over.ts";

const SUBJECT = "気づき: 配信の試しです";
const WORDS = "これは配信の試しです。この宛先に報告書が届きます。";

/** Sends a line without any voice, the same way as a report goes. */
export function sendTest(home: Home, recipient: Recipient): Promise<Attempt> {
  return handOver(home, recipient, {
    lines: () => ({ title: SUBJECT, lines: [WORDS] }),
    mail: ({ from }) => ({ from, to: recipient.mail, subject: SUBJECT, text: `${WORDS}\n` }),
  });
}
