import { expect, test } from "vitest";
import { isKeptBack } from "../../../models/shipped/kept-back.ts";

/** Read from `is_kept_back` of models/encoder/build/sources.py, which chose what the encoder was trained on. */
const BY_PYTHON = {
  "hotel.jsonl allergy-egg": true,
  "hotel.jsonl breakfast-out": true,
  "hotel.jsonl aircon-dead": false,
  "hotel.jsonl amenity-bar": false,
  "polarity-sarcasm.tsv sar-016": true,
  "real-quasi.tsv quasi_japanese_reviwes.hotel.00002": true,
  "tourism.tsv 思ってたより空港から近い!": true,
};

test("files for the heads alone are not taught to the encoder", () => {
  const groups = Array.from({ length: 20 }, (_, at) => `heads-food-maker.tsv line ${at}`);
  expect(groups.every(isKeptBack)).toBe(true);
});

test("the same groups are kept back as the encoder's build keeps back", () => {
  const own = Object.keys(BY_PYTHON).map((group) => [group, isKeptBack(group)]);
  expect(Object.fromEntries(own)).toEqual(BY_PYTHON);
});
