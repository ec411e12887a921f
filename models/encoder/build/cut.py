"""
Cuts a shipped encoder down to its first layers, to measure what layers and precision cost: `npm run bench:encoders`.

    python cut.py ../base OUT --layers 12 6 4 3

Writes OUT/<name>-<layers> with three graphs: int8 as it ships, int8 with activations measured per call, and fp32 with the
shipped int8 weights. Nothing is trained, so what fewer layers lose is what the others did not learn to do without them.
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from graph import FUSED

PRODUCT = "MatMulIntegerToFloat"
SHIPPED = "onnx/model_quantized.onnx"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="folder of a shipped encoder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, nargs="+", required=True)
    arguments = parser.parse_args()
    source = arguments.source.resolve()
    for layers in arguments.layers:
        out = arguments.out / f"{source.name}-{layers}"
        (out / "onnx").mkdir(parents=True, exist_ok=True)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copyfile(source / name, out / name)
        config = json.loads((source / "config.json").read_text("utf-8"))
        (out / "config.json").write_text(json.dumps({**config, "num_hidden_layers": layers}, indent=2) + "\n")
        cut = first_layers(onnx.load(source / SHIPPED), layers)
        onnx.save(cut, out / SHIPPED)
        onnx.save(with_products(cut, dynamic_product), out / "onnx/model_dynamic.onnx")
        onnx.save(with_products(cut, float_product), out / "onnx/model.onnx")
        print(out)


def first_layers(model: ModelProto, layers: int) -> ModelProto:
    """The pool reads the last layer that is left; nodes and constants that nothing reads any more go."""
    last = f"l{layers - 1}.oln"
    if not any(last in node.output for node in model.graph.node):
        raise SystemExit(f"the graph has no {layers} layers")
    for node in model.graph.node:
        if "pool.sum" in node.output:
            node.input[1] = last
    return with_nodes(model, list(model.graph.node), [])


def with_nodes(model: ModelProto, nodes: list[NodeProto], constants: list[TensorProto]) -> ModelProto:
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
    """@param product nodes and constants in place of one matrix product of int8, and of what goes into it"""
    constants = {one.name: one for one in model.graph.initializer}
    sources = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "QuantizeLinear"}
    nodes, added = [], []
    for node in model.graph.node:
        if node.op_type != PRODUCT:
            nodes.append(node)
            continue
        steps, weight, _, scale, _, _, bias = node.input
        made = product(sources[steps], constants[weight], constants[scale], bias, node.output[0])
        nodes += made[0]
        added += made[1]
    return with_nodes(model, nodes, added)


def dynamic_product(source: str, weight: TensorProto, scale: TensorProto, bias: str, output: str):
    inputs = [source, weight.name, scale.name, "", bias]
    return [helper.make_node("DynamicQuantizeMatMul", inputs, [output], domain=FUSED)], []


def float_product(source: str, weight: TensorProto, scale: TensorProto, bias: str, output: str):
    floats = numpy_helper.to_array(weight) * numpy_helper.to_array(scale).astype(np.float32)
    product = f"{output}.product"
    nodes = [helper.make_node("MatMul", [source, f"{output}.float"], [product]), helper.make_node("Add", [product, bias], [output])]
    return nodes, [numpy_helper.from_array(floats, f"{output}.float")]


if __name__ == "__main__":
    main()
