"""The classes of single images in words: several names each, as people type them.

Finer than the concepts of the grammar: a dense and a sparse neighbourhood, a crossing and a bridge over a
road look different, and an encoder that has to tell them apart sees more.
"""

from __future__ import annotations

UC_MERCED_NAMES = {
    "agricultural": ("agricultural land", "farmland", "a crop field", "cultivated fields", "arable land"),
    "airplane": ("airplanes", "an airplane", "aircraft", "parked planes", "a plane on the apron"),
    "baseballdiamond": ("a baseball diamond", "a baseball field", "a ball field", "a sports field"),
    "beach": ("a beach", "a sandy beach", "the sea shore", "sand and surf", "a coast"),
    "buildings": ("buildings", "large buildings", "commercial buildings", "office buildings", "city blocks"),
    "chaparral": ("chaparral", "scrub", "shrubland", "bushes on dry ground", "scattered shrubs"),
    "denseresidential": ("a dense residential area", "dense residential", "densely built houses",
                         "houses close together", "a crowded neighbourhood"),
    "forest": ("forest", "woodland", "dense trees", "woods", "tree cover"),
    "freeway": ("a freeway", "a highway", "a motorway", "a wide road with many lanes"),
    "golfcourse": ("a golf course", "a golf green", "fairways and bunkers", "a golf links"),
    "harbor": ("a harbor", "a marina", "a harbour with boats", "moored boats", "docks with ships"),
    "intersection": ("an intersection", "a road intersection", "a street crossing", "a crossroads"),
    "mediumresidential": ("a medium residential area", "medium residential", "suburban houses",
                          "houses with gardens", "a medium density residential area"),
    "mobilehomepark": ("a mobile home park", "mobile homes", "a trailer park", "trailers in rows"),
    "overpass": ("an overpass", "a road bridge over another road", "a flyover", "a viaduct"),
    "parkinglot": ("a parking lot", "a car park", "parked cars", "rows of parked cars"),
    "river": ("a river", "a stream", "a watercourse", "a river between trees"),
    "runway": ("a runway", "an airstrip", "an airport runway", "a landing strip"),
    "sparseresidential": ("a sparse residential area", "sparse residential", "a single house",
                          "scattered houses", "a rural house"),
    "storagetanks": ("storage tanks", "oil tanks", "round tanks", "a tank farm"),
    "tenniscourt": ("a tennis court", "tennis courts", "a sports court"),
}  # fmt: skip
EUROSAT_NAMES = {
    "AnnualCrop": ("annual crop", "annual cropland", "arable fields", "ploughed fields", "a crop field"),
    "Forest": ("forest", "woodland", "dense trees", "woods"),
    "HerbaceousVegetation": ("herbaceous vegetation", "wild grass and herbs", "heathland", "low vegetation"),
    "Highway": ("a highway", "a motorway", "a road", "a major road through fields"),
    "Industrial": ("industrial buildings", "an industrial area", "factories", "warehouses"),
    "Pasture": ("pasture", "a meadow", "grazing land", "green grassland"),
    "PermanentCrop": ("permanent crop", "an orchard", "a vineyard", "a plantation"),
    "Residential": ("residential buildings", "a residential area", "houses", "a town"),
    "River": ("a river", "a stream", "a watercourse", "a canal"),
    "SeaLake": ("sea or lake", "a lake", "open water", "the sea", "a water body"),
}  # fmt: skip
DUBAI_NAMES = {
    "houses": ("houses", "villas", "residential buildings", "roofs"),
    "bare ground": ("bare ground", "sand", "desert", "bare soil"),
    "road": ("a road", "a street", "a paved road"),
    "lake": ("water", "a lake", "open water"),
}
# UC Merced's multi-labels (Chaudhuri et al. 2017).
LABEL_NAMES = {
    "airplane": ("airplanes", "an airplane"), "bare-soil": ("bare soil", "bare ground"),
    "buildings": ("buildings", "a building"), "cars": ("cars", "parked cars"),
    "chaparral": ("chaparral", "scrub"), "court": ("a tennis court", "a sports court"),
    "dock": ("a dock", "docks"), "field": ("a field", "farmland"), "grass": ("grass", "a lawn"),
    "mobile-home": ("mobile homes", "trailers"), "pavement": ("pavement", "asphalt", "a road"),
    "sand": ("sand", "a beach"), "sea": ("the sea", "sea water"), "ship": ("ships", "boats"),
    "tanks": ("tanks", "storage tanks"), "trees": ("trees", "woodland"), "water": ("water", "open water"),
}  # fmt: skip
FRAMES = (
    "{}", "an aerial image of {}", "a satellite image of {}", "there is {}", "{} seen from above",
    "a photo of {}", "an orthophoto that shows {}",
)  # fmt: skip
