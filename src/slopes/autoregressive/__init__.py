"""Pictures drawn one pixel after another: what is connected to what, and what has to wait.

A picture has ``H`` rows of ``W`` pixels, ordered as one reads: row by row, each
from left to right. A masked convolution (PixelCNN) and a multi-dimensional
recurrent network (MDRNN) compute each pixel from those before it.
"""

from slopes.autoregressive.connections import (
    masked_connections,
    mdrnn_connections,
    pixelcnn_connections,
)
from slopes.autoregressive.masks import (
    blind_spot,
    causal_mask,
    masked_convolution,
    receptive_field,
)
from slopes.autoregressive.paths import log_pixel_gradient
from slopes.autoregressive.schedules import (
    mdrnn_schedule,
    mdrnn_steps,
    pixelcnn_schedule,
    pixelcnn_steps,
)

__all__ = [
    "blind_spot",
    "causal_mask",
    "log_pixel_gradient",
    "masked_connections",
    "masked_convolution",
    "mdrnn_connections",
    "mdrnn_schedule",
    "mdrnn_steps",
    "pixelcnn_connections",
    "pixelcnn_schedule",
    "pixelcnn_steps",
    "receptive_field",
]
