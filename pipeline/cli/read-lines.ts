import { createInterface } from "node:readline";

/** Lines of a stream in groups, in order, without their line ends. */
export async function* readLineGroups(
  input: NodeJS.ReadableStream,
  size: number,
): AsyncGenerator<string[]> {
  let group: string[] = [];
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    group.push(line);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
