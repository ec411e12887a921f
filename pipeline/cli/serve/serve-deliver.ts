import type { Delivered } from "../../../reports/deliver/deliver-due.ts";
import type { Home } from "../../home.ts";
import type { Part } from "../../operations/stop-parts.ts";
import { reasonWords } from "../deliver-words.ts";
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
    const { deliverDue } = await import("../../../reports/deliver/deliver-due.ts");
    for (const done of await deliverDue(home)) tellDelivered(done, news);
  } catch (cause) {
    news.tellFailure("delivery-failed", cause, {}, "配信ができません（次の機会にやり直します）");
  }
}

function tellDelivered({ row, state, reason, cause }: Delivered, news: News): void {
  const { job, period, recipient, tries } = row;
  const what = `${period} の報告書を ${recipient} に`;
  if (state === "sent") {
    news.tell("delivered", { job, period }, `${what}送りました。`);
    return;
  }
  const event = state === "dead" ? "delivery-dead" : "delivery-failed";
  const next =
    state === "dead"
      ? `（kizuki deliver resend ${period} で送り直せます）`
      : "（あとでやり直します）";
  const words = `${what}送れません${next}`;
  const fields = { job, period, tries: tries + 1, reason: reason ?? undefined };
  if (cause === undefined) news.tell(event, fields, `${words}: ${reasonWords(reason ?? "")}`);
  else news.tellFailure(event, cause, fields, words);
}
