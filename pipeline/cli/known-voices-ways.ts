import type { Config } from "../config.ts";
import { readConfigured } from "../intake/files/configured-source.ts";
import { quotePath } from "../intake/files/quote-path.ts";
import type { KnownVoicesError } from "../intake/refuse-known-voices.ts";

/**
 * The commands that take in a file of known voices: first the one that doubles nothing, where the config names the source
 * that brought them. The path is not masked: it is typed.
 */
export async function knownVoicesWays(
  config: Pick<Config, "sources">,
  path: string,
  { other }: KnownVoicesError,
): Promise<string> {
  const command = `kizuki import ${quotePath(path)}`;
  const { found } = await readConfigured(config);
  const same = found.find(({ source }) => source.name === other);
  return [
    ...(same === undefined
      ? [
          `「${other}」の続きや直しなら、name: が「${other}」の説明（なければ kizuki source init で下書きできます）を --source に付けて取り込みます。同じ声は二重になりません。`,
        ]
      : [
          `「${other}」の続きや直しなら、次のとおりに打つと取り込めます。同じ声は二重になりません:`,
          `${command} --source ${quotePath(same.key)}`,
        ]),
    "別の声だと確かめたときだけ、次のとおりに打ちます。同じ声があれば、二重に数えることになります:",
    `${command} --anyway`,
  ].join("\n");
}
