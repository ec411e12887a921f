"""Trains the encoder on the texts of `sources.py`. It goes on from its last checkpoint; on a GPU where there is one."""

import hashlib
import os
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn

from network import Encoder
from sources import SENTIMENTS, Text
from tasks import WEIGHTS, Tasks
from tokenizer_files import SPECIALS

LONGEST = 64
# Files whose groups are minimal sets.
MINIMAL = re.compile("polarity-(negation|sarcasm|idioms|daily)")
UNKNOWN = SPECIALS.index("<unk>")
CHECKPOINT_EVERY = 500


@dataclass(frozen=True)
class Recipe:
    # Which layers of the start are kept.
    layers: tuple[int, ...]
    steps: int
    rate: float
    # Texts a step from each source.
    mix: dict[str, int]
    seed: int = 20_261_122
    # Whether it begins as the teacher's layers; otherwise as those of the published weights.
    from_teacher: bool = False
    # Of the numbers of a vector before what it is taught, and of the pieces of a text, which become `<unk>`.
    dropout: float = 0.1
    piece_dropout: float = 0.05


MIX = {
    "voices": 6,
    "flipped": 2,
    "questions": 4,
    "requests": 10,
    "written": 20,
    "real": 12,
    "polarity": 24,
    "morality": 2,
    "wide": 10,
}
RECIPES = {
    "teacher": Recipe(layers=tuple(range(12)), steps=3600, rate=1e-4, mix=MIX),
    "base": Recipe(layers=tuple(range(12)), steps=3200, rate=2.5e-4, mix=MIX, piece_dropout=0.0),
    "small": Recipe(
        layers=(2, 5, 8, 11), steps=5000, rate=6e-4, mix=MIX, piece_dropout=0.0, from_teacher=True
    ),
}


@dataclass(frozen=True)
class Example:
    text: Text
    pieces: list[int]


class Lesson:
    """What all recipes read: the texts in pieces, and the published weights, which also teach what was known before."""

    def __init__(self, start: Encoder, sources: dict[str, list[Text]], kept_back: list[Text], tokenizer: Tokenizer):
        """@param kept_back lines that are not trained on: how many sentiments of theirs are right is printed on the way"""
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.start, self.sources = start.to(self.device).eval(), sources
        self.examples = {name: tokenize(sources[name], tokenizer) for name in MIX}
        self.unseen = tokenize([text for text in kept_back if text.sentiment], tokenizer)
        self.target = Standard(self.start, [one.pieces for one in self.examples["wide"][:4000]], self.device)


def train(recipe: Recipe, lesson: Lesson, checkpoint: Path, teacher: Encoder | None = None) -> Encoder:
    """@param teacher an encoder that was trained without one, whose vectors it learns to give"""
    device, start, examples, target = lesson.device, lesson.start, lesson.examples, lesson.target
    torch.manual_seed(recipe.seed)
    student = choose_layers(teacher if recipe.from_teacher else start, recipe.layers).to(device).train()
    tasks = Tasks(lesson.sources, student.norm.weight.numel()).to(device).train()
    optimizer = make_optimizer(student, tasks, recipe.rate)
    sampler = Sampler(examples, recipe)
    mark = fingerprint(recipe, examples, [start] if teacher is None else [start, teacher])
    done = resume(checkpoint, mark, student, tasks, optimizer, sampler)
    taught = None if teacher is None else Taught(teacher, device)
    # A trial of a few steps goes on after an interruption as well.
    checkpoint_every = min(CHECKPOINT_EVERY, max(1, recipe.steps // 4))
    began, sums = time.time(), {}
    for step in range(done, recipe.steps):
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * pace(step + 1, recipe.steps)
        batch = sampler.draw()
        pieces = [one.pieces for one in batch]
        with torch.autocast(device, torch.bfloat16):
            vectors = student([sampler.drop(own) for own in pieces])
        losses = tasks.losses([one.text for one in batch], F.dropout(vectors, recipe.dropout))
        # The first ones come from the widest sources.
        kept = slice(0, sampler.wide_first)
        losses["source"] = F.mse_loss(tasks("source", vectors[kept]), target(pieces[kept]))
        if taught is not None:
            losses["teacher"] = 1 - (vectors * taught(batch)).sum(-1).mean()
        loss = sum(WEIGHTS[name] * value for name, value in losses.items())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        for name, value in losses.items():
            sums[name] = 0.99 * sums.get(name, value.item()) + 0.01 * value.item()
        if (step + 1) % 100 == 0:
            report(step + 1, recipe.steps, time.time() - began, step + 1 - done, sums)
        if (step + 1) % checkpoint_every == 0 or step + 1 == recipe.steps:
            save(checkpoint, mark, step + 1, student, tasks, optimizer, sampler)
            print(f"kept back: {sentiments_right(student, tasks, lesson.unseen, device)}", flush=True)
    return student.cpu().eval()


def tokenize(texts: list[Text], tokenizer: Tokenizer) -> list[Example]:
    ends = tokenizer.token_to_id("</s>")
    encoded = [encoding.ids for encoding in tokenizer.encode_batch([text.text for text in texts])]
    return [
        Example(text, ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ends]) for text, ids in zip(texts, encoded)
    ]


def choose_layers(start: Encoder, layers: tuple[int, ...]) -> Encoder:
    student = Encoder.like(start, len(layers))
    for part in ("words", "positions", "norm"):
        getattr(student, part).load_state_dict(getattr(start, part).state_dict())
    for own, source in zip(student.layers, layers):
        own.load_state_dict(start.layers[source].state_dict())
    return student


class Standard:
    """The frozen encoder's vectors, each number with mean 0 and deviation 1, so that all count the same."""

    def __init__(self, frozen: Encoder, sample: list[list[int]], device: str):
        self.frozen, self.device = frozen, device
        vectors = torch.cat([self._encode(sample[at : at + 64]) for at in range(0, len(sample), 64)])
        self.mean, self.deviation = vectors.mean(0), vectors.std(0)

    def __call__(self, pieces: list[list[int]]) -> torch.Tensor:
        return (self._encode(pieces) - self.mean) / self.deviation

    @torch.no_grad()
    def _encode(self, pieces):
        with torch.autocast(self.device, torch.bfloat16):
            return self.frozen(pieces).float()


class Taught:
    """The teacher's vectors, each text's made once."""

    def __init__(self, teacher: Encoder, device: str):
        self.teacher, self.device = teacher.to(device).eval(), device
        self.vectors: dict[str, torch.Tensor] = {}

    @torch.no_grad()
    def __call__(self, batch: list[Example]) -> torch.Tensor:
        new = {one.text.text: one.pieces for one in batch if one.text.text not in self.vectors}
        if new:
            with torch.autocast(self.device, torch.bfloat16):
                self.vectors.update(zip(new, self.teacher(list(new.values())).half()))
        return torch.stack([self.vectors[one.text.text] for one in batch]).float()


class Sampler:
    """Draws a batch: texts of sources that know little first, so that the frozen encoder teaches on those."""

    FIRST = ("wide", "requests")

    def __init__(self, examples: dict[str, list[Example]], recipe: Recipe):
        self.examples, self.mix = examples, recipe.mix
        self.random = random.Random(recipe.seed)
        self.order = [*self.FIRST, *(name for name in recipe.mix if name not in self.FIRST)]
        self.wide_first = sum(recipe.mix[name] for name in self.FIRST)
        self.negative = [one for one in examples["voices"] if one.text.sentiment == "negative"]
        self.positive = [one for one in examples["voices"] if one.text.sentiment == "positive"]
        sets: dict[str, list[Example]] = {}
        for one in examples["polarity"]:
            sets.setdefault(one.text.group, []).append(one)
        self.sets = list(sets.values())
        self.piece_dropout = recipe.piece_dropout

    def draw(self) -> list[Example]:
        return [one for name in self.order for one in self._draw(name, self.mix[name])]

    def _draw(self, name: str, count: int) -> list[Example]:
        if name == "voices":
            halves = (self.negative, self.positive)
            return [self.random.choice(halves[at % 2]) for at in range(count)]
        if name == "polarity":
            drawn: list[Example] = []
            while len(drawn) < count:
                drawn += self.random.choice(self.sets)
            return drawn[:count]
        return self.random.choices(self.examples[name], k=count)

    def drop(self, pieces: list[int]) -> list[int]:
        """Some pieces become `<unk>`, so that no text is known by one of its words; the ends stay."""
        first, *inner, last = pieces
        return [first, *(UNKNOWN if self.random.random() < self.piece_dropout else one for one in inner), last]


def make_optimizer(student: Encoder, tasks: Tasks, rate: float) -> torch.optim.Optimizer:
    trained = [parameter for parameter in student.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": 0.01, "peak": rate},
        {"params": [p for p in trained if p.ndim < 2], "weight_decay": 0.0, "peak": rate},
        {"params": list(tasks.parameters()), "weight_decay": 0.0, "peak": 10 * rate},
    ]
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def pace(step: int, steps: int) -> float:
    return min(1.0, step / 150) * max(0.0, 1 - step / steps)


def report(step: int, steps: int, seconds: float, done: int, sums: dict[str, float]) -> None:
    left = seconds / done * (steps - step) / 60
    print(f"{step}/{steps}, {left:.0f} min left:", *(f"{name} {value:.3f}" for name, value in sums.items()), flush=True)


@torch.no_grad()
def sentiments_right(student: Encoder, tasks: Tasks, unseen: list[Example], device: str) -> str:
    """@returns the share by file, and of sets the share that is right in every line"""
    student.eval()
    right: list[bool] = []
    for at in range(0, len(unseen), 64):
        part = unseen[at : at + 64]
        with torch.autocast(device, torch.bfloat16):
            vectors = student([one.pieces for one in part])
        found = tasks("sentiment", vectors).argmax(-1).tolist()
        right += [SENTIMENTS[index] == one.text.sentiment for index, one in zip(found, part)]
    student.train()
    files: dict[str, list[bool]] = {}
    groups: dict[str, list[bool]] = {}
    for one, value in zip(unseen, right):
        name = one.text.group.split()[0]
        files.setdefault(name.removesuffix(".jsonl").removesuffix(".tsv"), []).append(value)
        groups.setdefault(one.text.group, []).append(value)
    shares = [f"{name} {sum(values) / len(values):.3f}" for name, values in sorted(files.items())]
    sets = [all(values) for group, values in groups.items() if MINIMAL.match(group) and len(values) > 1]
    whole = f", whole sets {sum(sets) / len(sets):.3f}" if sets else ""
    return f"all {sum(right) / len(right):.3f}{whole}; {', '.join(shares)}"


def fingerprint(recipe: Recipe, examples: dict[str, list[Example]], teachers: list[Encoder]) -> str:
    """Of recipe, loss weights, teachers and texts: a checkpoint of others is not gone on from."""
    digest = hashlib.sha256(repr((recipe, WEIGHTS)).encode())
    for parameter in (parameter for teacher in teachers for parameter in teacher.state_dict().values()):
        digest.update(parameter.cpu().numpy().tobytes())
    for name, own in examples.items():
        digest.update(name.encode())
        for one in own:
            digest.update(repr(one).encode())
    return digest.hexdigest()


def save(checkpoint: Path, mark: str, step: int, student, tasks, optimizer, sampler: Sampler) -> None:
    state = {
        "fingerprint": mark,
        "step": step,
        "student": student.state_dict(),
        "tasks": tasks.state_dict(),
        "optimizer": optimizer.state_dict(),
        "random": sampler.random.getstate(),
        "torch": torch.get_rng_state(),
        "cuda": torch.cuda.get_rng_state_all(),
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    part = checkpoint.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, checkpoint)


def resume(checkpoint: Path, mark: str, student, tasks, optimizer, sampler: Sampler) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=False, map_location="cpu")
    if state.get("fingerprint") != mark:
        raise SystemExit(f"{checkpoint} is of another recipe or other texts; move it away to train anew")
    student.load_state_dict(state["student"])
    tasks.load_state_dict(state["tasks"])
    peaks = [group["peak"] for group in optimizer.param_groups]
    optimizer.load_state_dict(state["optimizer"])
    for group, peak in zip(optimizer.param_groups, peaks):
        group["peak"] = peak
    sampler.random.setstate(state["random"])
    torch.set_rng_state(state["torch"])
    if len(state["cuda"]) == torch.cuda.device_count():
        torch.cuda.set_rng_state_all(state["cuda"])
    print(f"{checkpoint}: going on after step {state['step']}", flush=True)
    return state["step"]
