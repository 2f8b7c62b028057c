"""The small text-image model: its inputs and outputs are CLIP's, and the colour of a picture is what a text says of it."""
import os
import unittest

import make_small
import numpy as np
import onnx
import page_form
import vocabulary
from onnx.reference import ReferenceEvaluator

WORDS = [word for words, _ in make_small.COLOURS.values() for word in words] + ["poster", "a", "the", "film"]
# As in CLIP's vocabulary, where the marks of start and end have the largest ids.
IDS = {piece: place for place, piece in enumerate([*(f"{word}</w>" for word in WORDS), *map(str, range(60)), vocabulary.START, vocabulary.END])}


def ids_of(text, filled_with=0):
    pieces = [vocabulary.START, *(f"{word}</w>" for word in text.split()), vocabulary.END]
    return [IDS[piece] for piece in pieces] + [filled_with] * (make_small.LENGTH - len(pieces))


def flat(colour, generator):
    """A picture that is mostly of one colour, with a bar and a frame of others."""
    picture = np.clip(np.array(colour) + generator.normal(0, 6, (224, 224, 3)), 0, 255)
    picture[:30], picture[:, :12] = (20, 20, 20), (200, 200, 200)
    return picture.astype(np.uint8)


class Clip(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.towers = {"pictures": page_form.of_pictures(make_small.pictures()), "texts": page_form.of_texts(make_small.texts(IDS))}
        cls.run_of = {name: ReferenceEvaluator(tower) for name, tower in cls.towers.items()}

    def texts(self, *all):
        return self.run_of["texts"].run(None, {"input_ids": np.array(all, np.int64)})[0]

    def pictures(self, *all):
        return self.run_of["pictures"].run(None, {"pictures": np.stack(all)})[0]

    def test_inputs_and_outputs_are_those_of_the_page(self):
        def told(values):
            return [(v.name, v.type.tensor_type.elem_type, [d.dim_value or d.dim_param for d in v.type.tensor_type.shape.dim]) for v in values]

        pictures, texts = self.towers["pictures"].graph, self.towers["texts"].graph
        self.assertEqual(told(pictures.input), [("pictures", onnx.TensorProto.UINT8, ["batch", 224, 224, 3])])
        self.assertEqual(told(texts.input), [("input_ids", onnx.TensorProto.INT64, ["batch", 77])])
        for graph in (pictures, texts):
            self.assertEqual(told(graph.output), [("features", onnx.TensorProto.FLOAT, ["batch", 512])])

    def test_each_colour_finds_its_picture_among_all(self):
        generator = np.random.default_rng(5)
        vectors = self.pictures(*(flat(seen[0], generator) for _, seen in make_small.COLOURS.values()))
        for place, (words, _) in enumerate(make_small.COLOURS.values()):
            for word in words:
                likeness = vectors @ self.texts(ids_of(f"a {word} poster"))[0]
                self.assertEqual(likeness.argmax(), place, word)
                self.assertGreater(np.sort(likeness)[-1] - np.sort(likeness)[-2], 0.1, word)

    def test_vectors_have_length_1(self):
        vectors = np.concatenate([self.texts(ids_of("red poster"), ids_of("")), self.pictures(np.zeros((224, 224, 3), np.uint8))])
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)

    def test_what_follows_the_end_of_a_text_does_not_matter(self):
        wanted = self.texts(ids_of("red poster"))
        for filled_with in (IDS["blue</w>"], IDS[vocabulary.END]):
            np.testing.assert_array_equal(self.texts(ids_of("red poster", filled_with)), wanted)

    def test_other_words_and_neighbours_in_a_batch_change_what_they_should(self):
        together = self.texts(ids_of("red poster"), ids_of("red film"), ids_of("blue poster"))
        self.assertGreater(together[0] @ together[1], 0.9)
        self.assertLess(together[0] @ together[1], 0.9999)
        self.assertLess(together[0] @ together[2], 0.5)
        np.testing.assert_allclose(self.texts(ids_of("red film"))[0], together[1], rtol=1e-5, atol=1e-6)

    def test_the_vocabulary_gives_the_ids_of_clip(self):
        ids = vocabulary.pieces(os.environ["CLIP_VOCABULARY"])
        self.assertEqual(len(ids), 49408)
        # "a photo of a cat", as every description of CLIP has it.
        pieces = [vocabulary.START, "a</w>", "photo</w>", "of</w>", "a</w>", "cat</w>", vocabulary.END]
        self.assertEqual([ids[piece] for piece in pieces], [49406, 320, 1125, 539, 320, 2368, 49407])
        # Each colour is one piece, so that the small model knows it by its id.
        self.assertEqual(len(make_small.table(ids)), 49408)

    def test_preprocessing_is_that_of_clip(self):
        made = page_form.of_pictures(probe())
        found = ReferenceEvaluator(made).run(None, {"pictures": np.full((1, 224, 224, 3), (0, 128, 255), np.uint8)})[0][0, :3]
        expected = (np.array([0, 128, 255]) / 255 - np.array(page_form.MEAN)) / np.array(page_form.DEVIATION)
        np.testing.assert_allclose(found, expected / np.linalg.norm(expected), rtol=1e-5)


    def test_of_rows_the_first_is_that_of_the_picture(self):
        made = page_form.of_pictures(probe("last_hidden_state"), page_form.MEAN_OF_IMAGENET, page_form.DEVIATION_OF_IMAGENET)
        found = ReferenceEvaluator(made).run(None, {"pictures": np.full((1, 224, 224, 3), (0, 128, 255), np.uint8)})[0][0, :3]
        expected = (np.array([0, 128, 255]) / 255 - np.array(page_form.MEAN_OF_IMAGENET)) / np.array(page_form.DEVIATION_OF_IMAGENET)
        np.testing.assert_allclose(found, expected / np.linalg.norm(expected), rtol=1e-5)


def probe(says="image_embeds"):
    """A tower whose vector is the largest number of each channel, and nothing else."""
    graph = make_small.Graph()
    graph.add("Flatten", [graph.add("GlobalMaxPool", ["pixel_values"], "most")], "flat", axis=1)
    wide = graph.constant("wide", np.eye(3, make_small.DIMENSIONS, dtype=np.float32))
    if says == "image_embeds":
        graph.add("MatMul", ["flat", wide], says)
    else:
        # The picture's own row, and one that says something else.
        row = graph.add("Unsqueeze", [graph.add("MatMul", ["flat", wide], "row"), graph.constant("one", np.array([1]))], "row_alone")
        graph.add("Concat", [row, graph.add("Neg", [row], "other")], says, axis=1)
    rows = [] if says == "image_embeds" else [2]
    float_of = onnx.TensorProto.FLOAT
    return graph.model("probe", {"pixel_values": (float_of, ["batch", 3, 224, 224])}, {says: (float_of, ["batch", *rows, make_small.DIMENSIONS])}, make_small.OPSET)


if __name__ == "__main__":
    unittest.main()
