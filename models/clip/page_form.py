"""Turns models of pictures, and towers of texts beside them, into the form in which the page runs them, so that one way of calling fits all:
a picture is its bytes, uint8 [batch, 224, 224, 3] in red, green and blue; vectors have length 1.

    page_form.py ID FROM TO    ID as in manifest.json: clip-pictures, clip-texts or vit
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIZE, DIMENSIONS = 224, 512
# Of the pictures that CLIP was trained on (Radford et al. 2021).
MEAN = (0.48145466, 0.4578275, 0.40821073)
DEVIATION = (0.26862954, 0.26130258, 0.27577711)
# Of ImageNet, as DINOv2 takes them.
MEAN_OF_IMAGENET = (0.485, 0.456, 0.406)
DEVIATION_OF_IMAGENET = (0.229, 0.224, 0.225)


def _length_one(graph, come, name):
    """Adds what scales a vector to length 1."""
    graph.node.append(helper.make_node("LpNormalization", [come], [name], axis=-1, p=2, name=f"page.{name}"))


def _output(graph, name, dimensions=DIMENSIONS):
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", dimensions]))


def of_pictures(tower, mean=MEAN, deviation=DEVIATION):
    """@param tower  an ONNX model of pixel_values, float32 [batch, 3, 224, 224] less mean and by deviation, to image_embeds [batch, 512], or to
    last_hidden_state [batch, rows, dimensions], of which the first row is the picture's"""
    made = onnx.ModelProto()
    made.CopyFrom(tower)
    graph = made.graph
    # (x / 255 - mean) / deviation, as one product and one sum, with the dimensions where they come in.
    scale = 1 / (255 * np.array(deviation))
    shift = -np.array(mean) / np.array(deviation)
    graph.initializer.extend(
        [numpy_helper.from_array(scale.astype(np.float32), "page.scale"), numpy_helper.from_array(shift.astype(np.float32), "page.shift")]
    )
    before = [
        helper.make_node("Cast", ["pictures"], ["page.numbers"], to=TensorProto.FLOAT, name="page.numbers"),
        helper.make_node("Mul", ["page.numbers", "page.scale"], ["page.scaled"], name="page.scaled"),
        helper.make_node("Add", ["page.scaled", "page.shift"], ["page.shifted"], name="page.shifted"),
        helper.make_node("Transpose", ["page.shifted"], ["pixel_values"], perm=[0, 3, 1, 2], name="page.planes"),
    ]
    nodes = [*before, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    del graph.input[:]
    graph.input.append(helper.make_tensor_value_info("pictures", TensorProto.UINT8, ["batch", SIZE, SIZE, 3]))
    come = graph.output[0]
    dimensions = come.type.tensor_type.shape.dim[-1].dim_value or DIMENSIONS
    if come.name == "last_hidden_state":
        graph.initializer.append(numpy_helper.from_array(np.array(0, np.int64), "page.first"))
        graph.node.append(helper.make_node("Gather", [come.name, "page.first"], ["page.row"], axis=1, name="page.row"))
    _length_one(graph, "page.row" if come.name == "last_hidden_state" else come.name, "features")
    _output(graph, "features", dimensions)
    onnx.checker.check_model(made, full_check=True)
    return made


def of_texts(tower):
    """@param tower  an ONNX model of input_ids, int64 [batch, 77], to text_embeds [batch, 512]"""
    made = onnx.ModelProto()
    made.CopyFrom(tower)
    _length_one(made.graph, "text_embeds", "features")
    _output(made.graph, "features")
    onnx.checker.check_model(made, full_check=True)
    return made


if __name__ == "__main__":
    which, given, to = sys.argv[1:]
    model = onnx.load(given)
    if which == "clip-texts":
        made = of_texts(model)
    elif which == "vit":
        made = of_pictures(model, MEAN_OF_IMAGENET, DEVIATION_OF_IMAGENET)
    else:
        made = of_pictures(model)
    onnx.save(made, to)
