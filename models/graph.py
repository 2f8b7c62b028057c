"""Puts a model together as an ONNX graph, node by node."""
import numpy as np
from onnx import checker, helper, numpy_helper

# Old enough for every runtime that runs in a browser.
IR_VERSION = 8
# The domain of operators that ONNX Runtime has beside those of ONNX.
RUNTIME = "com.microsoft"


class Graph:
    """Each value has the name of what makes it."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind, inputs, name, domain="", **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain or None, **attributes))
        return name

    def split(self, x, names, axis, name):
        """Parts of the same size."""
        self.nodes.append(helper.make_node("Split", [x], names, name=name, axis=axis))
        return names

    def model(self, name, inputs, outputs, opset):
        """
        @param inputs, outputs  {name: (type, shape)}, of TensorProto and of numbers or names of sizes
        @return the ONNX model, checked as far as its operators are ONNX's own
        """
        told = [[helper.make_tensor_value_info(value, *of) for value, of in values.items()] for values in (inputs, outputs)]
        sets = [helper.make_opsetid("", opset)]
        if any(node.domain == RUNTIME for node in self.nodes):
            sets.append(helper.make_opsetid(RUNTIME, 1))
        made = helper.make_model(helper.make_graph(self.nodes, name, *told, self.constants), opset_imports=sets, ir_version=IR_VERSION, producer_name="media-hub")
        checker.check_model(made, full_check=True)
        return made
