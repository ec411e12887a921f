"""What the encoder learns: one linear map a task on its vector, and the loss of each."""

import torch
import torch.nn.functional as F
from torch import nn

from sources import EMOTIONS, KINDS, SENTIMENTS, Text

INTENSITIES = 4
# How much each loss counts. The teachers' keep what was known before; the others are what is new.
WEIGHTS = {
    "sentiment": 1.0,
    "kind": 1.0,
    "question": 0.3,
    "wrong": 0.3,
    "topics": 0.5,
    "emotions": 1.5,
    "intensity": 0.3,
    "harm": 0.5,
    "source": 0.7,
    # Of 6 and 20, see EXPERIMENTS.md.
    "teacher": 20.0,
}


class Tasks(nn.Module):
    """@param sources all training texts; their labels name the outputs"""

    def __init__(self, sources: dict[str, list[Text]], hidden: int):
        super().__init__()
        texts = [text for group in sources.values() for text in group]
        self.questions = sorted({text.question for text in texts if text.question})
        self.spaces = {
            space: sorted({topic for text in texts if text.space == space for topic in text.topics})
            for space in sorted({text.space for text in texts if text.space and text.topics})
        }
        sizes = {
            "sentiment": len(SENTIMENTS),
            "kind": len(KINDS),
            "question": len(self.questions),
            "wrong": 2,
            "emotions": len(EMOTIONS),
            "intensity": INTENSITIES,
            "harm": 1,
            "source": hidden,
            **{f"topics of {space}": len(topics) for space, topics in self.spaces.items()},
        }
        self.maps = nn.ModuleDict({name: nn.Linear(hidden, size) for name, size in sizes.items()})
        for linear in self.maps.values():
            nn.init.normal_(linear.weight, std=0.05)
            nn.init.zeros_(linear.bias)
        # The vector has length 1: this makes its numbers as large as a layer norm's.
        self.scale = nn.Parameter(torch.tensor(20.0))

    def forward(self, name: str, vectors: torch.Tensor) -> torch.Tensor:
        return self.maps[name](vectors * self.scale)

    def losses(self, texts: list[Text], vectors: torch.Tensor) -> dict[str, torch.Tensor]:
        """@param vectors [texts, hidden]; @returns one loss for each task that some of the texts teach"""
        found = {
            "sentiment": self._choice("sentiment", texts, vectors, lambda t: t.sentiment, SENTIMENTS, 0.05, trust_of),
            "kind": self._choice("kind", texts, vectors, lambda t: t.kind, KINDS, 0.05, trust_of),
            "question": self._choice("question", texts, vectors, lambda t: t.question, self.questions),
            "wrong": self._choice("wrong", texts, vectors, lambda t: t.wrong, [False, True]),
            "intensity": self._choice("intensity", texts, vectors, lambda t: t.intensity, list(range(INTENSITIES))),
            "topics": self._topics(texts, vectors),
            "emotions": self._flags(
                "emotions", texts, vectors, lambda t: None if t.emotions is None else [float(e in t.emotions) for e in EMOTIONS]
            ),
            "harm": self._flags("harm", texts, vectors, lambda t: None if t.harm is None else [float(t.harm)]),
        }
        return {name: loss for name, loss in found.items() if loss is not None}

    def _choice(self, name, texts, vectors, read, options, smoothing=0.0, weigh=lambda _: 1.0):
        rows = [row for row, text in enumerate(texts) if read(text) is not None]
        if not rows:
            return None
        targets = torch.tensor([options.index(read(texts[row])) for row in rows], device=vectors.device)
        weights = torch.tensor([weigh(texts[row]) for row in rows], device=vectors.device)
        each = F.cross_entropy(self(name, vectors[rows]), targets, reduction="none", label_smoothing=smoothing)
        return (each * weights).sum() / weights.sum()

    def _topics(self, texts, vectors):
        each = []
        for space, topics in self.spaces.items():
            rows = [row for row, text in enumerate(texts) if text.space == space and text.topics]
            if not rows:
                continue
            # Several topics share a text evenly.
            shares = torch.zeros(len(rows), len(topics))
            for at, row in enumerate(rows):
                for topic in texts[row].topics:
                    shares[at, topics.index(topic)] = 1 / len(texts[row].topics)
            scores = self(f"topics of {space}", vectors[rows])
            each.append(F.cross_entropy(scores, shares.to(vectors.device), reduction="none"))
        return torch.cat(each).mean() if each else None

    def _flags(self, name, texts, vectors, read):
        rows = [row for row, text in enumerate(texts) if read(text) is not None]
        if not rows:
            return None
        targets = torch.tensor([read(texts[row]) for row in rows], device=vectors.device)
        return F.binary_cross_entropy_with_logits(self(name, vectors[rows]), targets)


def trust_of(text: Text) -> float:
    return text.trust
