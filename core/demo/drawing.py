"""Draws the demo's scene into its folder."""

from __future__ import annotations

from changeseek.core.demo.folder import DemoFolder
from changeseek.core.demo.scene_files import ground_of, write_after, write_before
from changeseek.core.demo.truth import truth_of, write_truth
from changeseek.core.scenes.draw import draw_scene
from changeseek.core.scenes.plan import DEMO_PLAN
from changeseek.core.tiling.grid import TileGrid

PIXEL = 0.5
TILE = 128


def draw_into(folder: DemoFolder, seed: int, size: int) -> None:
    """Draw a scene with textures that no training saw; the truth is written last.

    Args:
        folder: A demo's folder, made already.
        seed: Which scene, from 0.
        size: Pixels along its side, 512 or more.

    Raises:
        MachineFaultError: The disk is full or faulty.
    """
    scene = draw_scene(seed, size, ground_sample_distance=PIXEL, textures="held-out", plan=DEMO_PLAN)
    write_before(scene, folder.before)
    write_after(scene, folder.after)
    tile_grid = TileGrid(ground_of(scene), TILE, TILE)
    write_truth(truth_of(scene, tile_grid), tile_grid, folder.truth)
