import type { Home } from "../home.ts";
import type { Part } from "../operations/stop-parts.ts";
import { reasonWords } from "./deliver-words.ts";
import type { News } from "./serve-news.ts";

/** How often it is looked whether something waits; a report goes out within a minute of being made. */
const LOOK_MS = 60_000;

/** Sends what is due, now and every minute, where the config names recipients. */
export function startDeliveries(home: Home, news: News): Part {
  if (home.config.deliver === undefined) return { name: "deliveries", stop: async () => undefined };
  let running = Promise.resolve();
  const look = () => {
    running = running.then(() => deliver(home, news));
  };
  look();
  const timer = setInterval(look, LOOK_MS).unref();
  return {
    name: "deliveries",
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function deliver(home: Home, news: News): Promise<void> {
  if (home.stop.soon.aborted) return;
  try {
    const { deliverDue } = await import("../../reports/deliver/deliver-due.ts");
    for (const { row, state, reason } of await deliverDue(home)) {
      const { job, period, recipient, tries } = row;
      const what = `${period} の報告書を ${recipient} に`;
      if (state === "sent") {
        news.tell("delivered", { job, period }, `${what}送りました。`);
        continue;
      }
      const event = state === "dead" ? "delivery-dead" : "delivery-failed";
      const words = `${what}送れません: ${reasonWords(reason ?? "")}`;
      const next =
        state === "dead"
          ? `（kizuki deliver resend ${period} で送り直せます）`
          : "（あとでやり直します）";
      news.tell(
        event,
        { job, period, tries: tries + 1, reason: reason ?? undefined },
        words + next,
      );
    }
  } catch (cause) {
    const japanese = `配信ができません（次の機会にやり直します）: ${String(cause)}`;
    news.tellFailure("delivery-failed", cause, {}, japanese);
  }
}
