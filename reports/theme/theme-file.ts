import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { ConfigError } from "../../pipeline/errors.ts";
import { parseYaml } from "../../pipeline/parse-yaml.ts";
import { COLOURS } from "../page/style.ts";
import { contrastWithWhite, REPORT_WORDS, type Theme } from "./theme.ts";

/** White words stand on it, and it stands on white paper. WCAG AA asks for so much. */
const LEAST_CONTRAST = 4.5;
/** The page stays small enough for mail. */
const LARGEST_LOGO_BYTES = 64 * 1024;

const SectionFile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, "英小文字で始まる英数字"),
  title: z.string().min(1).max(60),
  /** Id of the section it stands behind. */
  after: z.string().min(1).default("awareness"),
  /** File with one SELECT; it may use $from, $until, $previous_from and $taxonomy. */
  sql: z.string().min(1),
  /** Headings by column name. */
  columns: z.record(z.string(), z.string()).default({}),
  /** A sentence for each row, such as 「{place}は{complaints}件です。」. */
  line: z.string().min(1).optional(),
  table: z.boolean().optional(),
});
type SectionFile = z.infer<typeof SectionFile>;

const ThemeFile = z.strictObject({
  company: z.string().min(1).max(60).optional(),
  /** PNG or JPEG. */
  logo: z.string().min(1).optional(),
  accent: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/, "#164a7c のような色")
    .refine(
      (colour) => contrastWithWhite(colour) >= LEAST_CONTRAST,
      "白地に読める濃い色（白との明るさの比が 4.5 以上）",
    )
    .default(COLOURS.accent),
  words: z
    .strictObject({
      weekly: z.string().min(1).max(40).default(REPORT_WORDS.weekly),
      monthly: z.string().min(1).max(40).default(REPORT_WORDS.monthly),
      daily: z.string().min(1).max(40).optional(),
    })
    .prefault({}),
  products: z.array(z.string().min(1)).default([]),
  hide: z.array(z.string().min(1)).default([]),
  sections: z.array(SectionFile).max(20).default([]),
});

/** A theme as its file gives it: its own sections are not asked yet. */
export type ThemeSource = {
  readonly theme: Omit<Theme, "sections">;
  readonly sections: readonly (SectionFile & { readonly text: string })[];
};

/** @throws ConfigError naming every mistake */
export function readThemeFile(path: string): ThemeSource {
  const folder = dirname(path);
  const result = ThemeFile.safeParse(parseYaml(readText(path), `見た目の設定 ${path}`));
  if (!result.success) {
    const lines = result.error.issues.map(
      (issue) => `  ${issue.path.join(".")} … ${issue.message}`,
    );
    throw new ConfigError(`見た目の設定 ${path} に誤りがあります:\n${lines.join("\n")}`);
  }
  const { company = null, logo, accent, words, products, hide, sections } = result.data;
  return {
    theme: {
      company,
      logo: logo === undefined ? null : readLogo(resolve(folder, logo)),
      accent: accent.toLowerCase(),
      words,
      products,
      hide,
    },
    sections: sections.map((section) => ({
      ...section,
      text: readText(resolve(folder, section.sql)),
    })),
  };
}

/** Files that a theme names, there or not: whoever copies them does so also where the theme is wrong. */
export function filesOfTheme(path: string | undefined): string[] {
  if (path === undefined || !existsSync(path)) return [];
  const { logo, sections } = NamedFiles.parse(parseDocument(readText(path)).toJS());
  const names = [...(logo === undefined ? [] : [logo]), ...sections.map(({ sql }) => sql)];
  return names.map((name) => resolve(dirname(path), name));
}

const NamedFiles = z
  .object({
    logo: z.string().optional().catch(undefined),
    sections: z.array(z.object({ sql: z.string() })).catch([]),
  })
  .catch({ logo: undefined, sections: [] });

function readText(path: string): string {
  return readBytes(path).toString("utf8");
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ConfigError(`見た目の設定のファイル ${path} が読めません。`, { cause });
  }
}

/** By its first bytes, not by its name. */
function readLogo(path: string): NonNullable<Theme["logo"]> {
  const bytes = readBytes(path);
  const { size } = statSync(path);
  if (size > LARGEST_LOGO_BYTES) {
    throw new ConfigError(
      `ロゴ ${path} が大きすぎます。読んだもの: ${size} バイト、期待: ${LARGEST_LOGO_BYTES} バイト以下。`,
    );
  }
  const base64 = bytes.toString("base64");
  if (bytes.subarray(0, 4).toString("hex") === "89504e47")
    return { mediaType: "image/png", base64 };
  if (bytes.subarray(0, 3).toString("hex") === "ffd8ff") return { mediaType: "image/jpeg", base64 };
  throw new ConfigError(`ロゴ ${path} の形式が違います。期待: PNG か JPEG。`);
}
