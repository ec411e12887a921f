import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { startFeedServer } from "../support/feed-server.ts";
import { hasDovecot, PASSWORD, startDovecot, USER } from "../support/mail/dovecot.ts";
import { startProxy } from "../support/mail/proxy.ts";
import { type Ran, runKizuki } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

type Place = { readonly folder: string; readonly home: string };

function pull(
  { folder, home }: Place,
  yaml: Readonly<Record<string, unknown>>,
  options: Partial<Parameters<typeof runKizuki>[1]> = {},
): Promise<Ran> {
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, JSON.stringify({ encoder: "small", pull: { desk: yaml } }));
  return runKizuki(["--config", config, "pull", "desk", "--json"], { home, ...options });
}

/** Kills the process when it passes a stage for the n-th time. */
function killAt(stage: string, time: number): { onStage: (name: string) => "kill" | "go on" } {
  let left = time;
  return {
    onStage(name) {
      if (name === stage) left -= 1;
      return left === 0 ? "kill" : "go on";
    },
  };
}

async function countsOf({ home }: Place): Promise<Record<string, unknown>> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const sql =
    "select (select count(*)::int from voices) as voices, (select count(distinct source_id)::int from voices) as ids, (select count(*)::int from voice_revisions) as revisions, (select count(*)::int from dead_letters) as dead, (select sum(records)::int from origins) as records";
  const reader = await warehouse.reader.runAndReadAll(sql);
  warehouse.close();
  return reader.getRowObjectsJS()[0] ?? {};
}

function newPlace(): Place {
  const folder = tempFolder();
  writeFileSync(join(folder, "password"), PASSWORD);
  chmodSync(join(folder, "password"), 0o600);
  return { folder, home: join(folder, "home") };
}

describe.runIf(hasDovecot())("mails of Dovecot", () => {
  // Six batches: the kill comes a little after its stage.
  const MAILS = 300;

  function mailbox(port: number): Readonly<Record<string, unknown>> {
    const settings = { host: "127.0.0.1", port, user: USER, tls: false };
    return { plugin: "imap", settings, secrets: { password: "password" } };
  }

  test("a fetch that is killed before, between and after its batches brings every mail once", async () => {
    const place = newPlace();
    const server = await startDovecot();
    for (let mail = 0; mail < MAILS; mail += 1) {
      const head = `From: a${mail}@example.com\nMessage-ID: <${mail}@example.com>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\nSubject: x\n\n`;
      const date = mail % 65 === 64 ? "Date: Mon, 01 Jan 2024 09:05:00 +0900\n" : "";
      server.deliver(
        String(mail).padStart(3, "0"),
        `${date}${head}袋が開けにくいです。${mail} 番\n`,
      );
    }
    const yaml = mailbox(server.port);
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const proxy = await startProxy(server.port, 40_000, () => kill("SIGKILL"));
    const inMidMail = await pull(place, mailbox(proxy), {
      onStart: (killer) => {
        kill = killer;
      },
    });
    const killed = [
      inMidMail,
      await pull(place, yaml, killAt("raw", 1)),
      await pull(place, yaml, killAt("pulled", 1)),
      await pull(place, yaml, killAt("enriched", 1)),
    ];
    expect(killed.map(({ code }) => code)).toEqual(killed.map(() => null));
    const last = await pull(place, yaml);
    expect(last.code, last.stderr).toBe(0);
    const counts = { voices: MAILS, ids: MAILS, revisions: MAILS, dead: 0, records: MAILS };
    expect(await countsOf(place)).toEqual(counts);
    const again = await pull(place, yaml);
    expect(JSON.parse(again.stdout)).toMatchObject({ sources: [{ name: "desk", records: 0 }] });
    await server.remake();
    const anew = await pull(place, yaml);
    expect(JSON.parse(anew.stdout)).toMatchObject({
      sources: [{ records: MAILS, counts: { voices: 0, duplicates: MAILS } }],
    });
    expect(anew.stderr).toContain("UIDVALIDITY");
    expect(await countsOf(place)).toEqual({ ...counts, records: 2 * MAILS });
    const wrong = await pull(place, { ...yaml, secrets: { password: "kizuki.yaml" } });
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain("誰でも読めます");
    await server.kill();
    const away = await pull(place, yaml);
    expect(away.code).toBe(3);
    expect(away.stderr).toContain("つながりません");
  }, 900_000);
});

test("a list that is killed in the middle of its pages brings every entry once", async () => {
  const place = newPlace();
  const entries = Array.from({ length: 40 }, (_, id) => ({
    id,
    time: id === 7 ? "いつか" : `2025-07-01T09:${String(id).padStart(2, "0")}:00+09:00`,
    words: `袋が開けにくいです。${id} 番`,
  }));
  const server = await startFeedServer((request, response) => {
    const start = Number(new URL(request.url ?? "", "http://x").searchParams.get("start") ?? 0);
    const next = start + 10 < entries.length ? String(start + 10) : "";
    response.end(JSON.stringify({ items: entries.slice(start, start + 10), next }));
  });
  const source = {
    name: "reviews",
    channel: "web",
    columns: { id: "id", receivedAt: "time", verbatim: "words" },
  };
  writeFileSync(join(place.folder, "reviews.yaml"), JSON.stringify(source));
  const settings = {
    ...{ url: `${server.url}/reviews`, items: "items", id: "id", time: "time" },
    next: { path: "next", parameter: "start" },
  };
  const yaml = { plugin: "json", source: "reviews.yaml", settings };
  for (const [stage, time] of [
    ["raw", 2],
    ["pulled", 3],
  ] as const) {
    expect((await pull(place, yaml, killAt(stage, time))).code).toBeNull();
  }
  const last = await pull(place, yaml);
  expect(last.code, last.stderr).toBe(0);
  expect(await countsOf(place)).toEqual({
    voices: 39,
    ids: 39,
    revisions: 39,
    dead: 1,
    records: 40,
  });
}, 600_000);
