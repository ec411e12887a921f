"""Trains the encoder on the texts of `sources.py`. It goes on from its last checkpoint; on a GPU where there is one."""

import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import nn

from network import Encoder
from sources import Text
from tasks import WEIGHTS, Tasks

LONGEST = 64
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
    dropout: float = 0.1


BASE_MIX = {
    "voices": 12,
    "flipped": 3,
    "questions": 4,
    "requests": 12,
    "written": 24,
    "pairs": 6,
    "morality": 3,
    "wide": 10,
}
RECIPES = {
    "base": Recipe(layers=tuple(range(12)), steps=2500, rate=1e-4, mix=BASE_MIX),
    "small": Recipe(layers=(2, 5, 8, 11), steps=6000, rate=2e-4, mix=BASE_MIX),
}


@dataclass(frozen=True)
class Example:
    text: Text
    pieces: list[int]


def train(
    recipe: Recipe,
    start: Encoder,
    sources: dict[str, list[Text]],
    tokenizer: Tokenizer,
    checkpoint: Path,
    base: Encoder | None = None,
) -> Encoder:
    """
    @param start a copy of its chosen layers is trained; whole, it is also the teacher of what was known before
    @param base for a smaller encoder: the trained larger one, whose vectors it learns to give
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(recipe.seed)
    examples = {name: tokenize(sources[name], tokenizer) for name in recipe.mix}
    frozen = start.to(device).eval()
    student = choose_layers(base or start, recipe.layers).to(device).train()
    tasks = Tasks(sources, student.norm.weight.numel()).to(device).train()
    target = Standard(frozen, [one.pieces for one in examples["wide"][:4000]], device)
    optimizer = make_optimizer(student, tasks, recipe.rate)
    sampler = Sampler(examples, recipe)
    done = resume(checkpoint, student, tasks, optimizer, sampler)
    began, sums = time.time(), {}
    for step in range(done, recipe.steps):
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * pace(step + 1, recipe.steps)
        batch = sampler.draw()
        pieces = [one.pieces for one in batch]
        with torch.autocast(device, torch.bfloat16):
            vectors = student(pieces)
        losses = tasks.losses([one.text for one in batch], F.dropout(vectors, recipe.dropout))
        # The first ones come from the widest sources.
        kept = slice(0, sampler.wide_first)
        losses["source"] = F.mse_loss(tasks("source", vectors[kept]), target(pieces[kept]))
        if base is not None:
            with torch.no_grad(), torch.autocast(device, torch.bfloat16):
                wanted = base.to(device)(pieces)
            losses["base"] = 1 - (vectors * wanted).sum(-1).mean()
        loss = sum(WEIGHTS[name] * value for name, value in losses.items())
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimizer.step()
        for name, value in losses.items():
            sums[name] = 0.99 * sums.get(name, value.item()) + 0.01 * value.item()
        if (step + 1) % 100 == 0:
            report(step + 1, recipe.steps, time.time() - began, step + 1 - done, sums)
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == recipe.steps:
            save(checkpoint, step + 1, student, tasks, optimizer, sampler)
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
        by_pair: dict[str, list[Example]] = {}
        for one in examples["pairs"]:
            by_pair.setdefault(one.text.pair, []).append(one)
        self.pairs = list(by_pair.values())

    def draw(self) -> list[Example]:
        return [one for name in self.order for one in self._draw(name, self.mix[name])]

    def _draw(self, name: str, count: int) -> list[Example]:
        if name == "voices":
            halves = (self.negative, self.positive)
            return [self.random.choice(halves[at % 2]) for at in range(count)]
        if name == "pairs":
            drawn: list[Example] = []
            while len(drawn) < count:
                drawn += self.random.choice(self.pairs)
            return drawn[:count]
        return self.random.choices(self.examples[name], k=count)


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


def save(checkpoint: Path, step: int, student, tasks, optimizer, sampler: Sampler) -> None:
    state = {
        "step": step,
        "student": student.state_dict(),
        "tasks": tasks.state_dict(),
        "optimizer": optimizer.state_dict(),
        "random": sampler.random.getstate(),
        "torch": torch.get_rng_state(),
    }
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    part = checkpoint.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, checkpoint)


def resume(checkpoint: Path, student, tasks, optimizer, sampler: Sampler) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=False)
    student.load_state_dict(state["student"])
    tasks.load_state_dict(state["tasks"])
    peaks = [group["peak"] for group in optimizer.param_groups]
    optimizer.load_state_dict(state["optimizer"])
    for group, peak in zip(optimizer.param_groups, peaks):
        group["peak"] = peak
    sampler.random.setstate(state["random"])
    torch.set_rng_state(state["torch"])
    print(f"{checkpoint}: going on after step {state['step']}", flush=True)
    return state["step"]
