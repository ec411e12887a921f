import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { openTourismHome } from "../../support/busy-home.ts";
import { type Behaviour, startMailServer } from "../../support/mail-server.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MONDAY = "2025-08-04T08:30:00+09:00";
const Listed = z.object({
  deliveries: z.array(
    z.object({ period: z.string(), recipient: z.string(), state: z.string(), tries: z.number() }),
  ),
});

async function homeWithRecipients(behaviours: Behaviour[] = []) {
  const home = tempFolder();
  const opened = await openTourismHome(home);
  const shape = { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 };
  await fillWarehouse(opened.warehouse.connection, shape);
  await opened.close();
  const server = await startMailServer(behaviours);
  const recipient = (name: string) => ({ name, reports: ["weekly"], mail: `${name}@example.jp` });
  const config = {
    taxonomies: ["tourism"],
    deliver: {
      from: { address: "voc@example.jp" },
      smtp: { host: "127.0.0.1", port: server.port, security: "none" },
      domains: ["example.jp"],
      recipients: [recipient("plan"), recipient("qa")],
    },
  };
  writeFileSync(join(home, "kizuki.yaml"), stringify(config));
  // Each command starts a minute after the one before.
  let minute = 30;
  const run = (...args: string[]) => {
    minute += 1;
    const clock = `2025-08-04T08:${minute}:00+09:00`;
    return runKizuki(args, { home, env: { KIZUKI_CLOCK: clock } });
  };
  return { home, server, run };
}

const statesIn = (stdout: string) =>
  Listed.parse(JSON.parse(stdout)).deliveries.map(({ recipient, state }) => [recipient, state]);

/** Several commands a test, each a start of its own. */
vi.setConfig({ testTimeout: 240_000 });

test("a report is asked to be sent, sent, listed and sent again from the command line", async () => {
  const { server, run } = await homeWithRecipients(["accept", "refuse the recipient"]);
  expect((await run("deliver", "list")).stdout).toBe("配信はありません。\n");
  const wrong = await run("deliver", "list", "--period", "2025-W60");
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("期間が読めません。読んだもの: 2025-W60、期待: 2025-W31、");
  const made = await run("report", "weekly", "--period", "2025-W31", "--deliver");
  expect(made.code, made.stderr).toBe(0);
  expect(statesIn((await run("deliver", "send", "--json")).stdout)).toEqual([
    ["plan", "sent"],
    ["qa", "dead"],
  ]);
  const listed = await run("deliver", "list", "--period", "2025-W31");
  expect(listed.stdout).toMatch(/2025-W31 第1版　plan　送りました　2025-08-04 08:3/);
  expect(listed.stdout).toContain("qa　送れませんでした");
  const again = await run("deliver", "resend", "2025-W31", "--json");
  expect(statesIn(again.stdout)).toEqual([
    ["plan", "sent"],
    ["qa", "sent"],
  ]);
  expect(server.received).toHaveLength(2);
});

test("a trial message is sent to whom it is asked for, and carries no voice", async () => {
  const { server, run } = await homeWithRecipients(["refuse the recipient"]);
  const ran = await run("deliver", "test", "--to", "plan", "--to", "qa");
  expect(ran.stdout).toBe("plan: 送れません: smtp-550\nqa: 送りました\n");
  expect(server.received).toHaveLength(1);
  expect(server.received[0]?.length).toBeLessThan(1500);
  const unknown = await run("deliver", "test", "--to", "nobody");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain("読んだもの: nobody、期待: plan、qa");
});

test("a sending, a resending or a trial that does not arrive ends with 3, with nobody to send to with 2", async () => {
  const { home, run } = await homeWithRecipients(Array(4).fill("refuse the recipient"));
  await run("report", "weekly", "--period", "2025-W31", "--deliver");
  const first = await run("deliver", "send");
  expect(first.stderr).toContain("plan に送れませんでした: smtp-550");
  expect(first.code).toBe(3);
  const again = await run("deliver", "resend", "2025-W31", "--to", "plan");
  expect(again.stdout).toContain("plan　送れませんでした");
  expect(again.stderr).toContain("plan に送れませんでした: smtp-550");
  expect(again.stderr).not.toContain("qa");
  expect(again.code).toBe(3);
  const trial = await run("deliver", "test", "--to", "plan");
  expect(trial.stdout).toBe("plan: 送れません: smtp-550\n");
  expect(trial.code).toBe(3);
  writeFileSync(join(home, "kizuki.yaml"), stringify({ taxonomies: ["tourism"] }));
  const nobody = await run("deliver", "test");
  expect(nobody.stderr).toContain("宛先がありません");
  expect(nobody.code).toBe(2);
});

test("serve makes Monday's report and sends it, once", async () => {
  const { home, server, run } = await homeWithRecipients();
  for (const _ of ["first", "second"]) {
    const serving = await startServer(home, { clock: MONDAY });
    while (server.received.length < 2) await new Promise((resolve) => setTimeout(resolve, 100));
    serving.kill("SIGTERM");
    await serving.ended;
  }
  expect((await run("deliver", "send")).stdout).toBe("配信はありません。\n");
  expect(server.received).toHaveLength(2);
  expect(statesIn((await run("deliver", "list", "--json")).stdout)).toEqual([
    ["plan", "sent"],
    ["qa", "sent"],
  ]);
});
