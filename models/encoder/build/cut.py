"""
Cuts a shipped encoder down to its first layers, to measure what layers and precision cost: `npm run bench:encoders`.

    python cut.py ../base OUT --layers 12 6 4 3 --texts TEXTS.txt

Writes OUT/<name>-<layers> with three graphs: int8 as it ships, int8 with static scales, and fp32 with the shipped int8
weights. Nothing is trained, so what fewer layers lose is what the others did not learn to do without them.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import ModelProto, NodeProto, helper, numpy_helper
from tokenizers import Tokenizer

FUSED = "com.microsoft"
DYNAMIC = "DynamicQuantizeMatMul"
SHIPPED = "onnx/model_quantized.onnx"
# Static scales cut off what so few activations are beyond: better than the extremes, see EXPERIMENTS.md.
PERCENTILE = 99.999
CALIBRATION_TEXTS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder of a shipped encoder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, nargs="+", required=True)
    parser.add_argument("--texts", type=Path, required=True, help="a text a line, to choose static scales by")
    arguments = parser.parse_args()
    source = arguments.source.resolve()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    texts = arguments.texts.read_text("utf-8").splitlines()[:CALIBRATION_TEXTS]
    batches = [feed(tokenizer.encode(text).ids) for text in texts]
    for layers in arguments.layers:
        out = arguments.out / f"{source.name}-{layers}"
        (out / "onnx").mkdir(parents=True, exist_ok=True)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(source / name, out / name)
        config = json.loads((source / "config.json").read_text("utf-8"))
        (out / "config.json").write_text(json.dumps({**config, "num_hidden_layers": layers}, indent=2) + "\n")
        cut = first_layers(onnx.load(source / SHIPPED), layers)
        onnx.save(cut, out / SHIPPED)
        onnx.save(with_products(cut, float_product), out / "onnx/model.onnx")
        onnx.save(with_products(cut, StaticProducts(cut, batches)), out / "onnx/model_static.onnx")
        print(out)


def feed(ids: list[int]) -> dict[str, np.ndarray]:
    row = np.array([ids], dtype=np.int64)
    return {"input_ids": row, "attention_mask": np.ones_like(row)}


def first_layers(model: ModelProto, layers: int) -> ModelProto:
    """The pool reads the last layer that is left; nodes and constants that nothing reads any more go."""
    last = f"l{layers - 1}.oln"
    if not any(last in node.output for node in model.graph.node):
        raise SystemExit(f"the graph has no {layers} layers")
    for node in model.graph.node:
        if "pool.sum" in node.output:
            node.input[1] = last
    return with_nodes(model, list(model.graph.node), [])


def with_nodes(model: ModelProto, nodes: list[NodeProto], constants: list) -> ModelProto:
    wanted = {output.name for output in model.graph.output}
    kept = []
    for node in reversed(nodes):
        if wanted.intersection(node.output):
            kept.insert(0, node)
            wanted.update(node.input)
    made = ModelProto()
    made.CopyFrom(model)
    del made.graph.node[:], made.graph.initializer[:]
    made.graph.node.extend(kept)
    made.graph.initializer.extend(one for one in [*model.graph.initializer, *constants] if one.name in wanted)
    return made


def with_products(model: ModelProto, product) -> ModelProto:
    """@param product nodes and constants in place of one dynamically quantised matrix product"""
    values = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer if one.data_type != 22}
    nodes, constants = [], []
    for node in model.graph.node:
        made = product(node, values) if node.op_type == DYNAMIC else ([node], [])
        nodes += made[0]
        constants += made[1]
    return with_nodes(model, nodes, constants)


def float_product(node: NodeProto, values: dict[str, np.ndarray]):
    source, weight, scale, _, bias = node.input
    (output,) = node.output
    weights = numpy_helper.from_array(values[weight] * values[scale].astype(np.float32), f"{output}.float")
    product = helper.make_node("MatMul", [source, weights.name], [f"{output}.product"])
    return [product, helper.make_node("Add", [f"{output}.product", bias], [output])], [weights]


class StaticProducts:
    """Scales of activations measured once, on texts, instead of in each call."""

    def __init__(self, model: ModelProto, batches: list[dict[str, np.ndarray]]):
        floats = with_products(model, float_product)
        self.sources = sorted({node.input[0] for node in model.graph.node if node.op_type == DYNAMIC})
        floats.graph.output.extend(helper.make_tensor_value_info(name, 1, None) for name in self.sources)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(floats.SerializeToString(), options)
        low, high = np.zeros(len(self.sources)), np.zeros(len(self.sources))
        for batch in batches:
            for at, value in enumerate(session.run(self.sources, batch)):
                low[at] = min(low[at], np.percentile(value, 100 - PERCENTILE))
                high[at] = max(high[at], np.percentile(value, PERCENTILE))
        self.scales = {name: (one, -lo) for name, one, lo in zip(self.sources, (high - low) / 255, low, strict=True)}
        self.quantized: set[str] = set()

    def __call__(self, node: NodeProto, values: dict[str, np.ndarray]):
        source, weight, weight_scale, _, bias = node.input
        scale, zero, steps = (f"{source}.{part}" for part in ("scale", "zero", "steps"))
        nodes, constants = [], []
        if source not in self.quantized:
            self.quantized.add(source)
            step, below = self.scales[source]
            constants.append(numpy_helper.from_array(np.array(step, dtype=np.float32), scale))
            constants.append(numpy_helper.from_array(np.array(round(below / step), dtype=np.uint8), zero))
            nodes.append(helper.make_node("QuantizeLinear", [source, scale, zero], [steps]))
        inputs = [steps, weight, scale, weight_scale, zero, "", bias]
        return [*nodes, helper.make_node("MatMulIntegerToFloat", inputs, list(node.output), domain=FUSED)], constants


if __name__ == "__main__":
    main()
