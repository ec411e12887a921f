import { configDigest } from "../../config-digest.ts";
import type { Home } from "../../home.ts";
import type { Part } from "../../operations/stop-parts.ts";
import type { News } from "./serve-news.ts";

const LOOK_MS = 60_000;

/** In the log's and in other commands' words: what `serve` runs by was read at its start. */
export const CONFIG_CHANGED =
  "kizuki.yaml が、serve を始めた時から変わっています。serve は始めた時の設定で動いています。新しい設定にするには、serve を止めて、もう一度始めてください。";

/** Says once for each change of kizuki.yaml that it takes a new start. */
export function watchConfig(home: Pick<Home, "config">, news: News, lookMs = LOOK_MS): Part {
  const { file, digest } = home.config;
  let told = digest;
  const timer = setInterval(() => {
    const now = configDigest(file);
    if (now === told) return;
    told = now;
    if (now === digest) return;
    news.log.warn("config-changed");
    news.reporter.line(CONFIG_CHANGED);
  }, lookMs).unref();
  return { name: "config", stop: async () => clearInterval(timer) };
}
