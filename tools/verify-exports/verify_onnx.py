"""Checks model.onnx and model-float16.onnx with ONNX's own checker and runs them with ONNX Runtime."""

import sys

from golden import check_folders, skip

try:
    import onnx
    import onnxruntime
except ImportError:
    skip("onnx and onnxruntime")


def with_onnx_runtime(path):
    onnx.checker.check_model(str(path), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    [model_input] = session.get_inputs()
    if not isinstance(model_input.shape[0], str):
        raise ValueError(f"the batch is fixed: {model_input.shape}")
    return lambda pixels: session.run(None, {model_input.name: pixels})[0]


print(f"ONNX {onnx.__version__}, ONNX Runtime {onnxruntime.__version__}")
statuses = [
    check_folders([name], with_onnx_runtime, tolerance)
    for name, tolerance in (("model.onnx", 1e-3), ("model-float16.onnx", 1e-2))
]
sys.exit(1 if 1 in statuses else min(statuses))
