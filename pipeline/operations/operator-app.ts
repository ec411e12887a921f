import { Hono } from "hono";
import type { Liveness } from "./progress-watch.ts";

/** What a check found: the name of each part, and whether it can be worked with. */
export type Readiness = {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, boolean>>;
};

/** What operators and their machines ask. None of it carries words, names or paths. */
export function operatorApp(answers: {
  metrics(): Promise<{ readonly type: string; readonly text: string }>;
  live(): Promise<Liveness>;
  ready(): Promise<Readiness>;
}): Hono {
  const app = new Hono();
  app.get("/metrics", async (context) => {
    const { type, text } = await answers.metrics();
    return context.body(text, 200, { "content-type": type });
  });
  app.get("/livez", async (context) => {
    const live = await answers.live();
    return context.json(live, live.status === "stuck" ? 503 : 200);
  });
  app.get("/readyz", async (context) => {
    const { ready, parts } = await answers.ready();
    return context.json({ ready, parts }, ready ? 200 : 503);
  });
  app.notFound((context) => context.json({ paths: ["/metrics", "/livez", "/readyz"] }, 404));
  // A message may quote what it read; whoever asks over the network gets the bare fact.
  app.onError((_, context) => context.json({ error: "unavailable" }, 503));
  return app;
}
