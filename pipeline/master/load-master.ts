import { createHash } from "node:crypto";
import type { MasterConfig } from "./master-config.ts";
import type { MasterEntry } from "./master-entry.ts";
import {
  allNames,
  indexNames,
  type NameIndex,
  type SharedName,
  spokenNames,
} from "./name-index.ts";
import { readMaster } from "./read-master.ts";

export type Master = {
  readonly entries: readonly MasterEntry[];
  /** What cells name. */
  readonly products: NameIndex;
  readonly stores: NameIndex;
  /** What texts name. */
  readonly spoken: NameIndex;
  /** Another one links all history anew. */
  readonly contentHash: string;
  /** What a person should know of the tables. In Japanese. */
  readonly notes: readonly string[];
};

/** Rises when the same tables would link other words, as the pipeline's epoch does for tags. */
const LINKING = 1;

/** @throws InputError as `readMaster` */
export async function loadMaster(config: MasterConfig | undefined): Promise<Master> {
  const entries = await readMaster(config);
  const ofKind = (kind: MasterEntry["kind"]) => entries.filter((entry) => entry.kind === kind);
  const products = indexNames(ofKind("product"), allNames);
  const stores = indexNames(ofKind("store"), allNames);
  const spoken = indexNames(ofKind("product"), spokenNames);
  return {
    entries,
    products: products.index,
    stores: stores.index,
    spoken: spoken.index,
    contentHash: createHash("sha256")
      .update(JSON.stringify([LINKING, entries]))
      .digest("hex"),
    notes: [
      ...[...products.shared, ...stores.shared].map(sharedNote),
      ...ofKind("product").flatMap(shortNotes),
    ],
  };
}

/** Whole words of one kana are particles and endings mostly: 「は」, 「う」. */
function shortNotes(entry: MasterEntry): string[] {
  return spokenNames(entry)
    .filter((name) => /^[ぁ-ゖァ-ヺ]$/.test(name.normalize("NFKC").trim()))
    .map(
      (name) =>
        `${entry.code}（${entry.name}）の「${name}」は、かな 1 文字です。文の中の関係のないところにも結び付くので、もっと長い別名にしてください。`,
    );
}

function sharedNote({ name, entries }: SharedName): string {
  const owners = entries.map((entry) => `${entry.code}（${entry.name}）`).join("、");
  return `「${name}」は ${owners} のどれを指すか決まらないので、結び付けに使いません。商品なら、発売日と終売日が重ならなければ日付で見分けます。`;
}
