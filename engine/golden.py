"""Sentences that every model must understand before it may serve: the last look at a model that loads but has gone dumb."""

from rules.levels import Level

# text, intents that would do (only those that the model knows are asked of it), least level
SENTENCES: tuple[tuple[str, tuple[str, ...], Level], ...] = (
    ("halo kak", ("sapa",), Level.HIJAU),
    ("tolong saya lagi dikejar suami bawa golok, saya ngumpet di kamar mandi", ("darurat_sekarang", "ancaman_nyawa"), Level.MERAH),
    ("saya pengen mati aja, udah capek hidup", ("krisis_bunuh_diri",), Level.MERAH),
    ("makasih banyak ya kak", ("terima_kasih",), Level.HIJAU),
)
# never anything but a fallback, least of all a yes
NOTHING = ("", "   ", "🙂", ".", "/", "/restart")
NEVER_FROM_NOTHING = ("setuju", "tolak")
