import { expect, test } from "vitest";
import { stopParts } from "../../../pipeline/operations/stop-parts.ts";

const never = new Promise<never>(() => undefined);
const ends = (name: string, seen: string[]) => ({
  name,
  stop: async () => void seen.push(name),
});

test("parts end one after another", async () => {
  const seen: string[] = [];
  const stopped = await stopParts([ends("inbox", seen), ends("home", seen)], never);
  expect(stopped).toEqual({ status: "ended" });
  expect(seen).toEqual(["inbox", "home"]);
});

test("past the deadline the part that hangs is named, and the ones behind it are not touched", async () => {
  const seen: string[] = [];
  const hangs = { name: "socket", stop: () => never };
  const stopped = await stopParts(
    [ends("inbox", seen), hangs, ends("home", seen)],
    new Promise((resolve) => setTimeout(resolve, 20)),
  );
  expect(stopped).toEqual({ status: "overrun", part: "socket" });
  expect(seen).toEqual(["inbox"]);
});

test("a part that cannot be stopped is named with its cause", async () => {
  const cause = new Error("disk full");
  const breaks = { name: "home", stop: () => Promise.reject(cause) };
  expect(await stopParts([breaks], never)).toEqual({ status: "failed", part: "home", cause });
});
