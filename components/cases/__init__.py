"""Show one case whole: how it stands, residents' words and photos, what can be done, notes and the timeline."""
