"""What the user should know about two dates before they are indexed: what it will cost, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from changeseek.core.raster.check.findings import PairCheck
from changeseek.core.raster.pair import RasterPair

# Pixels; what good orthophotos keep, and what hardly shows once a tile is scaled to the model's size.
SMALL_SHIFT = 1.0
# A shifted edge looks like change on both of its sides.
_DOUBTED = 2.0
_WIDE_SPREAD = 1.0
_LITTLE = 0.5
# Levels of 255, and times.
_OTHER_LIGHT, _OTHER_CONTRAST = 40.0, 2.0
_CLOUDY = 0.03


def warnings_of(pair: RasterPair) -> tuple[str, ...]:
    """A line for each thing that will make hits worse; empty where all is well or nobody looked."""
    if pair.check is None:
        return ()
    gsd = pair.grid.ground_sample_distance
    return (
        *_on_shift(pair.check, gsd, moved=pair.moved != (0.0, 0.0)),
        *_on_coverage(pair.check),
        *_on_light(pair.check),
        *_on_bands(pair.check),
        *_on_clouds(pair.check),
    )


def describe_shift(check: PairCheck) -> str:
    """The shift in a few words, without its consequences."""
    agreed = f"{check.agreement:.0%} of {check.places} places agree"
    if check.shift is None or check.distance is None:
        return f"not measurable ({agreed})"
    where = f" ({_where(check.shift)})" if check.distance >= SMALL_SHIFT else ""
    return f"the later date is shifted by {check.distance:.1f} px{where}, {agreed}"


def _on_shift(check: PairCheck, gsd: float, *, moved: bool) -> Iterator[str]:
    if check.shift is None or check.distance is None or check.spread is None:
        yield (
            "whether the dates lie on each other could not be measured: they show too little that is alike. "
            "A shift would look like change along every edge. Look at both before you trust small changes"
        )
        return
    if check.spread > _WIDE_SPREAD:
        yield (
            f"the shift between the dates differs from place to place, by about {check.spread:.1f} px, so "
            "edges will seem to change. Take larger tiles, or align the rasters first"
        )
    if check.distance < SMALL_SHIFT or moved:
        return
    size = _DOUBTED * check.distance * gsd
    yield (
        f"the later date lies {_where(check.shift)} of where it should ({check.agreement:.0%} of "
        f"{check.places} places agree), so edges will seem to change and what is narrower than about "
        f"{size:.2g} m cannot be trusted. Move it back (--shift-dates), or take larger tiles"
    )


def _where(shift: tuple[float, float]) -> str:
    east, south = (round(pixels, 1) for pixels in shift)
    parts = (
        f"{abs(pixels):.1f} px {forth if pixels > 0 else back}"
        for pixels, forth, back in ((east, "east", "west"), (south, "south", "north"))
        if pixels
    )
    return " and ".join(parts)


def _on_coverage(check: PairCheck) -> Iterator[str]:
    if check.overlap < _LITTLE:
        yield (
            f"the dates share {check.overlap:.0%} of the smaller raster's ground, and only that is indexed. "
            "Check that they are of one place"
        )
    if check.valid < _LITTLE:
        yield (
            f"{check.valid:.0%} of the pixels looked at are valid on both dates, and tiles with less than "
            "half are left out. Take smaller tiles, or check the nodata values and masks"
        )


def _on_light(check: PairCheck) -> Iterator[str]:
    contrast = max(check.contrast, 1 / max(check.contrast, 1e-3))
    if abs(check.brightness) < _OTHER_LIGHT and contrast < _OTHER_CONTRAST:
        return
    lighter = "brighter" if check.brightness > 0 else "darker"
    yield (
        f"the later date is {abs(check.brightness):.0f} of 255 levels {lighter}, with {check.contrast:.1f} "
        "times the contrast. Both are matched over the whole scene, but what that leaves (shadows, seasons, "
        "haze) may seem to change. Take dates of one season where you can"
    )


def _on_bands(check: PairCheck) -> Iterator[str]:
    if check.grey is not None:
        other, option = ("after", "--bands-after") if check.grey == "before" else ("before", "--bands")
        yield (
            f"the {check.grey} raster is grey and the {other} raster is not, so everything will seem to "
            f"change colour. Read the other in grey too ({option} 1)"
        )
    if check.band_order is not None:
        order = ",".join(map(str, check.band_order))
        yield (
            "the bands of the two dates seem to be in different orders, so everything will seem to change "
            f"colour. Try --bands-after {order}"
        )


def _on_clouds(check: PairCheck) -> Iterator[str]:
    for date, share in (("earlier", check.cloudy_before), ("later", check.cloudy_after)):
        if share >= _CLOUDY:
            yield (
                f"about {share:.0%} of the {date} date looks like cloud (a guess: bright, grey, smooth) and "
                "will be found as change. Take a clear date, or mask the clouds as nodata"
            )
