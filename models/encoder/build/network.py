"""The encoder in PyTorch: BERT with norms after the sums, mean pooling, L2. No padding outside attention."""

import dataclasses
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from e5_file import E5File, FourBit, floats


class Layer(nn.Module):
    def __init__(self, hidden: int, heads: int, epsilon: float):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.ao = nn.Linear(hidden, hidden)
        self.aln = nn.LayerNorm(hidden, eps=epsilon)
        self.fi = nn.Linear(hidden, 4 * hidden)
        self.fo = nn.Linear(4 * hidden, hidden)
        self.oln = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, x, groups):
        """@param x [tokens, hidden], shortest texts first; @param groups see `_groups`"""
        joined = self.qkv(x)
        mixed = torch.cat([self._mix(joined[part], places, mask) for part, places, mask in groups])
        x = self.aln(x + self.ao(mixed))
        return self.oln(x + self.fo(F.gelu(self.fi(x))))

    def _mix(self, joined, places, mask):
        # By hand: on a CPU the backward pass of PyTorch's own attention took half of a training step (2.15).
        texts, length = mask.shape[0], mask.shape[-1]
        grid = joined.new_zeros(texts * length, joined.shape[-1]).index_copy(0, places, joined)
        q, k, v = grid.view(texts, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + mask.to(q.dtype)
        mixed = scores.softmax(-1).to(v.dtype) @ v
        return mixed.transpose(1, 2).reshape(texts * length, -1).index_select(0, places)


class Encoder(nn.Module):
    def __init__(self, vocabulary: int, positions: int, layers: int, hidden: int, heads: int, epsilon: float):
        super().__init__()
        self.words = nn.Embedding(vocabulary, hidden)
        self.positions = nn.Embedding(positions, hidden)
        self.norm = nn.LayerNorm(hidden, eps=epsilon)
        self.layers = nn.ModuleList(Layer(hidden, heads, epsilon) for _ in range(layers))
        # The table keeps its source's 4 bits, so that the shipped file loses nothing there.
        self.words.weight.requires_grad_(False)

    @staticmethod
    def like(other: "Encoder", layers: int) -> "Encoder":
        """@returns untrained, of the same widths"""
        vocabulary, hidden = other.words.weight.shape
        positions, heads = len(other.positions.weight), other.layers[0].heads
        return Encoder(vocabulary, positions, layers, hidden, heads, other.norm.eps)

    def forward(self, texts: list[list[int]]) -> torch.Tensor:
        """@param texts piece ids with their ends; @returns float32 [texts, hidden], each of length 1"""
        device = self.norm.weight.device
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        back = torch.empty(len(texts), dtype=torch.long)
        back[order] = torch.arange(len(texts))
        lengths = torch.tensor([len(texts[i]) for i in order])
        ids = torch.tensor([piece for i in order for piece in texts[i]], device=device)
        owner = torch.repeat_interleave(torch.arange(len(texts)), lengths)
        position = torch.arange(len(ids)) - (torch.cumsum(lengths, 0) - lengths)[owner]
        groups = [
            (part, places.to(device), mask.to(device)) for part, places, mask in _groups(lengths, min(4, len(texts)))
        ]
        x = self.norm(self.words(ids) + self.positions(position.to(device)))
        for layer in self.layers:
            x = layer(x, groups)
        sums = torch.zeros(len(texts), x.shape[-1], device=device).index_add(0, owner.to(device), x.float())
        # The mean differs from the sum by a factor that L2 takes away.
        return F.normalize(sums[back.to(device)], dim=-1)


def _groups(lengths: torch.Tensor, count: int):
    """Texts of like length share a padded grid for attention: (their tokens, places in the grid, additive mask)."""
    groups, start = [], 0
    for own in lengths.chunk(count):
        longest, tokens = int(own[-1]), int(own.sum())
        owner = torch.repeat_interleave(torch.arange(len(own)), own)
        position = torch.arange(tokens) - (torch.cumsum(own, 0) - own)[owner]
        missing = torch.arange(longest)[None, :] >= own[:, None]
        mask = torch.zeros(missing.shape).masked_fill(missing, -1e4)[:, None, None, :]
        groups.append((slice(start, start + tokens), owner * longest + position, mask))
        start += tokens
    return groups


def from_e5(e5: E5File, kept: np.ndarray) -> Encoder:
    """The published weights with the kept pieces, all layers."""
    tensors = e5.tensors
    encoder = Encoder(len(kept), e5.positions, e5.layers, e5.hidden, e5.heads, e5.epsilon)
    words = tensors["emb.word"]
    _put(encoder.words.weight, FourBit(words.steps[kept], words.scales[kept]).floats())
    types = tensors["emb.type"][: e5.hidden]
    _put(encoder.positions.weight, tensors["emb.pos"].reshape(e5.positions, e5.hidden) + types)
    _put(encoder.norm.weight, tensors["emb.ln.w"])
    _put(encoder.norm.bias, tensors["emb.ln.b"])
    for number, layer in enumerate(encoder.layers):
        _put(layer.qkv.weight, np.concatenate([floats(tensors[f"l{number}.{part}.w"]) for part in "qkv"]))
        _put(layer.qkv.bias, np.concatenate([tensors[f"l{number}.{part}.b"] for part in "qkv"]))
        for part in ("ao", "fi", "fo"):
            _put(getattr(layer, part).weight, floats(tensors[f"l{number}.{part}.w"]))
            _put(getattr(layer, part).bias, tensors[f"l{number}.{part}.b"])
        for part in ("aln", "oln"):
            _put(getattr(layer, part).weight, tensors[f"l{number}.{part}.w"])
            _put(getattr(layer, part).bias, tensors[f"l{number}.{part}.b"])
    return encoder


def _put(parameter: torch.Tensor, value: np.ndarray) -> None:
    parameter.data.copy_(torch.from_numpy(np.array(value, np.float32)).view_as(parameter))


def to_e5(encoder: Encoder, e5: E5File) -> E5File:
    """The source with the encoder's weights in place of its own; the word table, which is not trained, stays."""
    hidden = e5.hidden

    def array(parameter: torch.Tensor) -> np.ndarray:
        return parameter.detach().cpu().numpy()

    tensors = {
        "emb.word": e5.tensors["emb.word"],
        "emb.pos": array(encoder.positions.weight),
        # Part of each position's already.
        "emb.type": np.zeros(hidden, np.float32),
        "emb.ln.w": array(encoder.norm.weight),
        "emb.ln.b": array(encoder.norm.bias),
    }
    for number, layer in enumerate(encoder.layers):
        for at, part in enumerate("qkv"):
            rows = slice(at * hidden, (at + 1) * hidden)
            tensors[f"l{number}.{part}.w"] = array(layer.qkv.weight)[rows]
            tensors[f"l{number}.{part}.b"] = array(layer.qkv.bias)[rows]
        for part in ("ao", "fi", "fo", "aln", "oln"):
            tensors[f"l{number}.{part}.w"] = array(getattr(layer, part).weight)
            tensors[f"l{number}.{part}.b"] = array(getattr(layer, part).bias)
    return dataclasses.replace(e5, layers=len(encoder.layers), tensors=tensors)
