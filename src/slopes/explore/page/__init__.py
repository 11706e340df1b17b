"""An explorable on a page without a kernel: its drawing, its HTML, its style and its script."""
