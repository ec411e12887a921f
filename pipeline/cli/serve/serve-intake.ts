import { randomUUID } from "node:crypto";
import type { Home } from "../../home.ts";
import { findKey, listKeys } from "../../intake/http/api-keys.ts";
import { intakeApp } from "../../intake/http/intake-app.ts";
import { voiceTaker } from "../../intake/http/voice-taker.ts";
import { enrichesSoon } from "../enriches-soon.ts";
import type { Running } from "../run-until-stopped.ts";
import { openPort } from "./serve-http.ts";
import type { News } from "./serve-news.ts";

/** Opens the port for systems that bring voices, where the config says one. */
export async function startIntake(
  home: Home,
  news: News,
  { started, crashed, stop }: Running,
): Promise<void> {
  const { intake, home: folder } = home.config;
  if (intake === undefined) return;
  const enrichment = enrichesSoon(home, news);
  const take = voiceTaker(home, { session: randomUUID(), taken: enrichment.wake });
  // A home that was made with another key takes nothing in: known now, not at the first request.
  home.identityKey();
  const app = intakeApp({
    findKey: (token) => findKey(folder, token),
    take,
    isStopping: () => stop.soon.aborted,
    failed: (cause) => {
      const japanese = "届いた声を受け取れません（送り手には 503 を返しました）";
      news.tellFailure("intake-failed", cause, {}, japanese);
    },
  });
  started(enrichment);
  started(await openPort(app, { name: "intake", ...intake, finishUntil: stop.now }, crashed));
  const { host, port } = intake;
  const hint =
    listKeys(folder).length > 0
      ? ""
      : "鍵がまだありません（kizuki http-key add --name … --source … で作れます）。";
  const japanese = `http://${host}:${port}/v1/voices で声を受け取ります。${hint}`;
  news.tell("intake-open", { port, keys: listKeys(folder).length }, japanese);
}
