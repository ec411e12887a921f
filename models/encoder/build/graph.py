"""Writes the encoder as one ONNX graph: token ids in, one L2-normalised vector a text out.

The nodes are written by hand, onnxruntime's own fused ones where they are fast: no exporter or optimiser of another
version can change the file, and Q, K and V stay one int8 matrix product (the fused `Attention` node keeps them fp32).
"""

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from e5_file import BLOCK, E5File, FourBit, floats

FUSED = "com.microsoft"
OPSETS = [helper.make_opsetid("", 21), helper.make_opsetid(FUSED, 1)]
IR_VERSION = 10  # the first that knows 4-bit integers


# Of each input of a matrix product: what one of its 256 steps is worth, and the step that is zero.
Activations = dict[str, tuple[float, int]]


class _Graph:
    def __init__(self, activations: Activations | None):
        self.activations = activations
        self.nodes, self.constants = [], []

    def node(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], output, domain=domain, **attributes))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def linear(self, source: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """@param weight float32 [out, in]; int8 with one scale an output"""
        bias_name = self.constant(f"{name}.bias", bias)
        if self.activations is None:
            product = self.node("MatMul", [source, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
            return self.node("Add", [product, bias_name], name)
        scale = np.abs(weight).max(axis=1) / np.float32(127)
        steps = np.rint(weight / scale[:, None]).astype(np.int8)
        step, zero = self.activations[source]
        step_name = self.constant(f"{source}.step", np.array(step, dtype=np.float32))
        zero_name = self.constant(f"{source}.zero", np.array(zero, dtype=np.uint8))
        quantized = self.node("QuantizeLinear", [source, step_name, zero_name], f"{source}.steps")
        inputs = [quantized, self.constant(f"{name}.weight", steps.T), step_name, self.constant(f"{name}.scale", scale)]
        return self.node("MatMulIntegerToFloat", [*inputs, zero_name, "", bias_name], name, FUSED)

    def word_rows(self, ids: str, table: FourBit) -> str:
        """Word vectors. The table keeps its source's 4 bits, so the int8 file loses nothing here."""
        if self.activations is None:
            return self.node("Gather", [self.constant("word.table", table.floats()), ids], "word")
        low, high = table.steps[:, 0::2] & 15, table.steps[:, 1::2] & 15
        packed = (low | (high << 4)).astype(np.uint8).tobytes()
        self.constants.append(
            helper.make_tensor("word.table", TensorProto.INT4, table.steps.shape, packed, raw=True)
        )
        inputs = ["word.table", ids, self.constant("word.scales", table.scales)]
        return self.node(
            "GatherBlockQuantized", inputs, "word", FUSED, gather_axis=0, quantize_axis=1, block_size=BLOCK
        )


def build_graph(e5: E5File, kept: np.ndarray, name: str, activations: Activations | None) -> ModelProto:
    """@param kept source piece ids; their order is the new numbering @param activations None: all in float32"""
    graph = _Graph(activations)
    words = e5.tensors["emb.word"]
    hidden = _embed(graph, e5, FourBit(words.steps[kept], words.scales[kept]))
    mask = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for layer in range(e5.layers):
        hidden = _layer(graph, e5, hidden, mask, layer)
    _pool(graph, hidden)

    shape = ["batch", "tokens"]
    proto = helper.make_graph(
        graph.nodes,
        name,
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name in ("input_ids", "attention_mask")],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", e5.hidden])],
        graph.constants,
    )
    return helper.make_model(proto, opset_imports=OPSETS, ir_version=IR_VERSION, producer_name="kizuki")


def _embed(graph: _Graph, e5: E5File, words: FourBit) -> str:
    tensors = e5.tensors
    # Every text is of type 0, so its vector is part of each position's.
    positions = tensors["emb.pos"].reshape(e5.positions, e5.hidden) + tensors["emb.type"][: e5.hidden]
    ends = [graph.constant("zero", np.array([0])), graph.node("Shape", ["input_ids"], "length", start=1)]
    rows = graph.node("Slice", [graph.constant("position.table", positions), *ends], "position")
    total = graph.node("Add", [graph.word_rows("input_ids", words), rows], "embedding")
    norm = [graph.constant(f"embedding.norm.{part}", tensors[f"emb.ln.{part}"]) for part in "wb"]
    return graph.node("LayerNormalization", [total, *norm], "embedding.norm", epsilon=e5.epsilon)


def _layer(graph: _Graph, e5: E5File, hidden: str, mask: str, layer: int) -> str:
    def linear(source: str, *parts: str) -> str:
        weight = np.concatenate([floats(e5.tensors[f"l{layer}.{part}.w"]) for part in parts])
        bias = np.concatenate([e5.tensors[f"l{layer}.{part}.b"] for part in parts])
        return graph.linear(source, f"l{layer}.{''.join(parts)}", weight, bias)

    def add_and_norm(part: str, added: str, skipped: str) -> str:
        name = f"l{layer}.{part}"
        norm = [graph.constant(f"{name}.{side}", e5.tensors[f"{name}.{side}"]) for side in "wb"]
        # `Sum`, not `Add`: onnxruntime fuses an `Add` here into SkipLayerNormalization, whose CPU kernel is so slow
        # that one text of 17 tokens took 3.2 ms instead of 2.4 (onnxruntime 1.31, one thread).
        total = graph.node("Sum", [added, skipped], f"{name}.sum")
        return graph.node("LayerNormalization", [total, *norm], name, epsilon=e5.epsilon)

    # One product for the three: the activations are quantised once, and short texts fill the kernel better.
    joined = linear(hidden, "q", "k", "v")
    parts = [f"l{layer}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [joined], parts, f"l{layer}.split", axis=2, num_outputs=3))
    context = graph.node(
        "MultiHeadAttention", [*parts, "", mask], f"l{layer}.context", FUSED, num_heads=e5.heads
    )
    attended = add_and_norm("aln", linear(context, "ao"), hidden)
    wide = graph.node("Gelu", [linear(attended, "fi")], f"l{layer}.gelu", FUSED)
    return add_and_norm("oln", linear(wide, "fo"), attended)


def _pool(graph: _Graph, hidden: str) -> None:
    weights = graph.node("Cast", ["attention_mask"], "pool.mask", to=TensorProto.FLOAT)
    row = graph.node("Unsqueeze", [weights, graph.constant("one", np.array([1]))], "pool.row")
    # A sum instead of a mean: the division by the length disappears in the L2 norm.
    summed = graph.node("Squeeze", [graph.node("MatMul", [row, hidden], "pool.sum"), "one"], "pool.vector")
    graph.node("LpNormalization", [summed], "sentence_embedding", axis=1, p=2)
