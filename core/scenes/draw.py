"""Draws a two-date scene from a number."""

from __future__ import annotations

import numpy as np

from changeseek.core.scenes.assembly import assemble
from changeseek.core.scenes.chance import happen_by_chance
from changeseek.core.scenes.events import History
from changeseek.core.scenes.frame import Frame
from changeseek.core.scenes.layout import lay_out
from changeseek.core.scenes.look import draw_look
from changeseek.core.scenes.paint import paint
from changeseek.core.scenes.paint_ground import draw_relief
from changeseek.core.scenes.plan import EventPlan, place_sites
from changeseek.core.scenes.scene import TwoDateScene
from changeseek.core.scenes.textures import TextureSet, book_of


def draw_scene(
    seed: int,
    size: int | tuple[int, int] = 1024,
    *,
    ground_sample_distance: float = 0.5,
    textures: TextureSet = "training",
    plan: EventPlan | None = None,
) -> TwoDateScene:
    """Draw a scene; the same arguments give the same scene.

    Args:
        seed: Not negative.
        size: Pixels, one number for a square or (height, width).
        ground_sample_distance: Metres per pixel.
        textures: Which of the two disjoint texture books to draw from.
        plan: What shall happen (`plan.DEMO_PLAN`); without one, chance changes about a third of the ground.

    Raises:
        ValueError: The plan has more sites than the scene has room for.
    """
    height, width = (size, size) if isinstance(size, int) else size
    frame = Frame(height, width, ground_sample_distance)
    book = book_of(textures)
    ground, chance, relief, looks = (np.random.default_rng([seed, stream]) for stream in range(4))
    reserved, proposals = place_sites(chance, frame, plan) if plan else ([], [])
    before = assemble(frame, lay_out(ground, frame, book, reserved))
    history = History(chance, frame, before, book)
    for proposal in proposals:
        history.happen(proposal)
    if plan is None:
        happen_by_chance(chance, frame, before, history)
    after, event, events = history.outcome()
    irregularity = draw_relief(relief, frame)
    look_before, look_after = draw_look(looks, shifted=False), draw_look(looks, shifted=True)
    return TwoDateScene(
        before=paint(frame, before, irregularity, look_before, book),
        after=paint(frame, after, irregularity, look_after, book),
        cover_before=before.cover(),
        cover_after=after.cover(),
        event=event,
        events=events,
        ground_sample_distance=ground_sample_distance,
        seed=seed,
    )
