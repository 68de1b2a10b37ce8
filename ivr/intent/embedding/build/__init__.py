"""Makes a sentence embedder, once, out of weights that a package carries: an ONNX graph in int8 and a tokenizer."""
