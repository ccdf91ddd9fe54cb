"""Draw stickers: one as SVG, many on A4 sheets as PDF."""
