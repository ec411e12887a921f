"""How the encoder's figures grow with the lines it is taught: the teacher's recipe on shares of them, measured on the tests."""

import argparse
import dataclasses
import hashlib
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from build import read_kept, read_weights
from e5_file import read_e5_file
from network import Encoder, from_e5
from sources import SENTIMENTS, TESTS, Text, lines_of, plain, read_sources
from tasks import Tasks
from tokenizer_files import tokenizer_json
from train import RECIPES, Lesson, tokenize, train

# What people wrote or read for this; the rest is weak labels and wide text, which stay whole.
SHARED = ("written", "real", "polarity")


def main() -> None:
    arguments = parse_arguments()
    e5 = read_e5_file(read_weights(arguments.cache))
    kept = read_kept(e5)
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json([e5.pieces[i] for i in kept], e5.scores[kept])))
    sources, kept_back = read_sources(arguments.data, arguments.morality, arguments.wide)
    tests = read_tests()
    for share in arguments.share:
        own = {name: part(texts, share) if name in SHARED else texts for name, texts in sources.items()}
        lines = sum(len(own[name]) for name in SHARED)
        recipe = dataclasses.replace(RECIPES["teacher"], steps=arguments.steps)
        # A sixth of what is kept back is enough to see the way.
        lesson = Lesson(from_e5(e5, kept), own, part(kept_back, 1 / 6), tokenizer)
        checkpoint = arguments.cache / f"curve-{share:g}-{recipe.steps}.pt"
        student = train(recipe, lesson, checkpoint)
        tasks = Tasks(own, student.norm.weight.numel())
        tasks.load_state_dict(torch.load(checkpoint, weights_only=False, map_location="cpu")["tasks"])
        tasks.eval()
        found = {name: measure(texts, student, tasks, tokenizer) for name, texts in tests.items()}
        print(f"share {share:g}, {lines:,} lines:", *(f"{name} {value:.3f}" for name, value in found.items()), flush=True)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--morality", type=Path, required=True)
    parser.add_argument("--wide", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="as of build.py")
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--share", type=float, action="append", help="of the lines, by whole groups; repeat")
    arguments = parser.parse_args()
    arguments.share = arguments.share or [1 / 16, 1 / 4, 1]
    return arguments


def part(texts: list[Text], share: float) -> list[Text]:
    """Whole groups: lines of one set, spans of one voice. A larger share holds every smaller one."""
    return [one for one in texts if hashlib.sha256(f"curve {one.group}".encode()).digest()[0] < share * 256]


@dataclasses.dataclass(frozen=True)
class Clause:
    text: str
    sentiment: str
    # The figure counts cases all of whose clauses are right.
    case: str


def read_tests() -> dict[str, list[Clause]]:
    rows = {name: [line.split("\t") for line in lines_of(TESTS / f"{name}.tsv")] for name in ("negation", "complaints", "hotel-sentences")}
    pairs = [
        Clause(plain(text), sentiment, pair)
        for pair, _, sentiments, line in rows["negation"]
        for text, sentiment in zip(line.split("|"), sentiments.split(","), strict=True)
    ]
    return {
        "pairs": pairs,
        "complaints": [Clause(plain(text), "negative", text) for _, text in rows["complaints"]],
        "praise": [Clause(plain(text), "positive", text) for label, text in rows["hotel-sentences"] if label == "positive"],
    }


@torch.no_grad()
def measure(clauses: list[Clause], student: Encoder, tasks: Tasks, tokenizer: Tokenizer) -> float:
    """@returns the share of cases right: of pairs by label, of the others by the sign of positive less negative"""
    pieces = [one.pieces for one in tokenize([Text(clause.text) for clause in clauses], tokenizer)]
    vectors = torch.cat([student(pieces[at : at + 64]) for at in range(0, len(pieces), 64)])
    scores = tasks("sentiment", vectors)
    if len({clause.sentiment for clause in clauses}) == 1:
        scores[:, SENTIMENTS.index("neutral")] = float("-inf")
    cases: dict[str, bool] = {}
    for clause, index in zip(clauses, scores.argmax(-1).tolist()):
        cases[clause.case] = cases.get(clause.case, True) and SENTIMENTS[index] == clause.sentiment
    return sum(cases.values()) / len(cases)


if __name__ == "__main__":
    main()
