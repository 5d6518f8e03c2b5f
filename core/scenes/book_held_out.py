"""The texture book that only the demo is drawn from; nothing in it stands in the training book."""

from __future__ import annotations

from changeseek.core.scenes.textures import Colour, Crop, Crown, Seasons, TextureBook, tone

HELD_OUT = TextureBook(
    name="held-out",
    roofs=(
        Colour(192, 112, 82),
        Colour(138, 64, 60),
        Colour(108, 112, 122),
        Colour(78, 74, 76),
        Colour(210, 202, 190),
        Colour(114, 100, 82),
        Colour(164, 152, 140),
        Colour(170, 84, 52),
    ),
    roof_shapes=("half-hip", "mansard", "half-hip"),
    crowns=(
        Crown(
            "lobed",
            Seasons(
                tone((104, 134, 62), (84, 112, 50)),
                tone((68, 98, 52), (52, 80, 42)),
                tone((142, 120, 68), (114, 92, 54)),
                tone((120, 106, 94), (100, 86, 76)),
            ),
            (2.8, 5.4),
            True,
        ),
        Crown(
            "flat-topped",
            Seasons(
                tone((72, 96, 54), (54, 78, 44)),
                tone((64, 90, 48), (48, 72, 38)),
                tone((68, 86, 50), (52, 68, 40)),
                tone((60, 76, 52), (46, 60, 42)),
            ),
            (1.8, 3.4),
            False,
        ),
    ),
    crops=(
        Crop(
            (
                tone((146, 116, 92), (124, 98, 76)),
                tone((96, 132, 64), (80, 114, 54)),
                tone((214, 190, 128), (196, 170, 106)),
                tone((190, 172, 128), (174, 152, 112)),
            ),
            "swaths",
            9.0,
            0.7,
        ),
        Crop(
            (
                tone((132, 106, 78), (110, 88, 64)),
                tone((78, 114, 56), (62, 94, 46)),
                tone((178, 158, 108), (154, 132, 88)),
            ),
            "ridges",
            3.8,
            1.0,
        ),
        Crop(
            (
                tone((158, 128, 98), (136, 108, 80)),
                tone((120, 150, 80), (102, 132, 68)),
                tone((218, 196, 138), (198, 174, 116)),
                tone((198, 190, 84), (178, 174, 74)),
            ),
            "swaths",
            6.5,
            0.6,
        ),
    ),
    meadows=(
        Seasons(
            tone((106, 142, 68), (124, 150, 80)),
            tone((142, 148, 88), (116, 132, 72)),
            tone((130, 126, 78), (112, 116, 70)),
            tone((128, 118, 88), (110, 102, 76)),
        ),
        Seasons(
            tone((92, 134, 64), (108, 144, 76)),
            tone((108, 136, 70), (90, 120, 58)),
            tone((116, 128, 74), (100, 114, 64)),
            tone((112, 114, 78), (96, 100, 68)),
        ),
    ),
    forest_floors=(
        Seasons(
            tone((80, 82, 54), (68, 72, 50)),
            tone((62, 64, 44), (50, 54, 38)),
            tone((92, 76, 56), (76, 62, 46)),
            tone((96, 84, 68), (78, 70, 58)),
        ),
    ),
    waters=(
        tone((44, 64, 74), (56, 76, 84)),
        tone((60, 80, 74), (72, 94, 84)),
        tone((34, 50, 60), (44, 62, 70)),
        tone((76, 96, 100), (90, 108, 112)),
    ),
    soils=(
        tone((192, 166, 134), (168, 140, 110)),
        tone((172, 144, 112), (200, 176, 146)),
        tone((160, 130, 104), (186, 160, 132)),
    ),
    asphalts=(
        tone((118, 116, 114), (130, 128, 124)),
        tone((98, 98, 100), (110, 110, 110)),
    ),
    pavings=(
        tone((174, 166, 154), (186, 178, 168)),
        tone((156, 148, 140), (166, 160, 152)),
    ),
)
